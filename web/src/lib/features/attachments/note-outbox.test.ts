import { ATTACHMENT_STEP_BYTES, AttachmentId, UserId, VisitId } from '@careconnect/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outgoingWords } from './note-words.ts';
import { createMemoryNoteStore } from './memory-note-store.ts';
import { NoteOutbox } from './note-outbox.svelte.ts';
import type { NoteServer } from './note-upload.ts';
import type { KeptNote } from './note.ts';
import type { NoteStore } from './note-store.ts';

const STEP = ATTACHMENT_STEP_BYTES;
const visitId = VisitId.parse('01a1faa8-1e66-74e5-a53a-d4674fa86864');
const userId = UserId.parse('01a1faa8-1e66-74e5-a53a-d4674fa86865');
const OWNER = { visitId, userId };

/** `lost`: the request never arrives. `unanswered`: it does, and nobody is told. `reload`: the page goes meanwhile. */
type Fate = 'good' | 'lost' | 'unanswered' | 'reload' | 'restart';

class Refusal extends Error {}
class Unchecked extends Error {}

/** As api is: a note stands where it stands, and is delivered once. */
class FakeApi implements NoteServer {
  readonly received = new Map<string, Buffer>();
  readonly delivered: string[] = [];
  fates: Fate[] = [];
  onReload: () => void = () => undefined;

  begin(note: KeptNote) {
    return this.#meet(() => {
      if (!this.received.has(note.id)) this.received.set(note.id, Buffer.alloc(0));
      return this.#settle(note);
    });
  }

  append(note: KeptNote, offset: number, bytes: Uint8Array) {
    return this.#meet(() => {
      const stored = this.received.get(note.id);
      if (!stored) throw new Refusal('not begun');
      const end = offset + bytes.length;
      if (end !== note.sizeBytes && bytes.length % STEP !== 0) throw new Refusal('half a step');
      if (offset === stored.length) this.received.set(note.id, Buffer.concat([stored, bytes]));
      return this.#settle(note);
    });
  }

  #settle(note: KeptNote) {
    const receivedBytes = this.received.get(note.id)?.length ?? 0;
    const isDelivered = receivedBytes === note.sizeBytes;
    if (isDelivered && !this.delivered.includes(note.id)) this.delivered.push(note.id);
    return { receivedBytes, isDelivered };
  }

  async #meet<T>(act: () => T): Promise<T> {
    const fate = this.fates.shift() ?? 'good';
    await Promise.resolve();
    if (fate === 'reload') this.onReload();
    // What was left lying for a day is gone from the server, but for what was delivered.
    if (fate === 'restart') {
      for (const id of this.received.keys())
        if (!this.delivered.includes(id)) this.received.set(id, Buffer.alloc(0));
    }
    if (fate === 'lost' || fate === 'reload') throw new TypeError('no network');
    const answer = act();
    if (fate === 'unanswered') throw new TypeError('no network');
    return answer;
  }
}

function openPage(store: NoteStore, server: NoteServer, told: string[] = []): NoteOutbox {
  return new NoteOutbox({
    store,
    server,
    onDelivered: ({ id }) => told.push(id),
    isPassing: (error) => !(error instanceof Refusal),
    isUnchecked: (error) => error instanceof Unchecked,
    retryDelayMs: () => 1e9,
    now: () => 0,
  });
}

let made = 0;

async function keep(store: NoteStore, ...parts: Buffer[]): Promise<KeptNote> {
  made += 1;
  const id = AttachmentId.parse(crypto.randomUUID());
  for (const [index, part] of parts.entries()) {
    await store.addPart(id, index, Uint8Array.from(part).buffer);
  }
  const note: KeptNote = {
    ...OWNER,
    id,
    kind: 'voice_note',
    mediaType: 'audio/webm',
    state: 'outgoing',
    sizeBytes: Buffer.concat(parts).length,
    durationMs: 1_000,
    createdAt: made,
  };
  await store.put(note);
  return note;
}

const fates = fc.array(fc.constantFrom<Fate>('good', 'lost', 'unanswered', 'reload', 'restart'), {
  maxLength: 25,
});
const sizes = fc.array(fc.integer({ min: 1, max: STEP * 5 }), { minLength: 1, maxLength: 3 });

test('whatever the network and the page do, each note is delivered once, whole and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fates, sizes, async (planned, lengths) => {
      const store = createMemoryNoteStore();
      const server = new FakeApi();
      const told: string[] = [];
      const notes: KeptNote[] = [];
      const contents: Buffer[] = [];
      for (const [index, length] of lengths.entries()) {
        const content = Buffer.alloc(length, `the content of note ${index}`);
        contents.push(content);
        notes.push(await keep(store, content.subarray(0, length / 2), content.subarray(length / 2)));
      }

      server.fates = [...planned];
      let page = openPage(store, server, told);
      server.onReload = () => page.close();
      for (let rounds = 0; (await store.list(OWNER)).length > 0; rounds += 1) {
        expect(rounds, 'it comes to an end').toBeLessThan(100);
        page.close();
        page = openPage(store, server, told);
        for (const note of await store.list(OWNER)) await page.add(note);
      }

      expect(server.delivered).toEqual(notes.map(({ id }) => id));
      const isWhole = notes.map(({ id }, index) =>
        contents[index]?.equals(server.received.get(id) ?? Buffer.alloc(0)),
      );
      expect(isWhole).toEqual(notes.map(() => true));
      expect(new Set(told).size, 'the page is told once of each').toBe(told.length);
      expect(page.outgoing).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('a note waits for the network, tells how far it is, and goes on by itself', async () => {
  const store = createMemoryNoteStore();
  const server = new FakeApi();
  const note = await keep(store, Buffer.alloc(STEP * 4));
  const page = openPage(store, server);
  server.fates = ['good', 'good', 'lost'];
  await page.add(note);
  expect(page.outgoing).toMatchObject([{ sentBytes: STEP * 2, isWaiting: true, refusal: null }]);
  await page.flush();
  expect(page.outgoing).toEqual([]);
  expect(server.delivered).toEqual([note.id]);
});

test('what has arrived and waits to be checked says so, until it is', async () => {
  const store = createMemoryNoteStore();
  const server = new FakeApi();
  const note = await keep(store, Buffer.alloc(STEP));
  const append = server.append.bind(server);
  server.append = async (...sent) => {
    await append(...sent);
    throw new Unchecked();
  };
  const page = openPage(store, server);
  await page.add(note);
  const [outgoing] = page.outgoing;
  expect(outgoing).toMatchObject({ isWaiting: true, isUnchecked: true, refusal: null });
  expect(outgoing && outgoingWords(outgoing)).toMatch(/^It has arrived and cannot be checked/);
  await page.flush();
  expect(page.outgoing).toEqual([]);
});

test('what is refused waits for its person and does not hold up the next', async () => {
  const store = createMemoryNoteStore();
  const refused = await keep(store, Buffer.alloc(1));
  const good = await keep(store, Buffer.alloc(2));
  const server = new FakeApi();
  const begin = server.begin.bind(server);
  let isOver = true;
  server.begin = async (note) => {
    if (isOver && note.id === refused.id) throw new Refusal('over');
    return begin(note);
  };
  const page = openPage(store, server);
  await page.add(refused);
  await page.add(good);
  expect(server.delivered).toEqual([good.id]);
  expect(page.outgoing).toMatchObject([{ note: refused, refusal: new Refusal('over') }]);
  isOver = false;
  await page.retry(refused.id);
  expect(server.delivered).toEqual([good.id, refused.id]);
});

test('what is discarded is gone from the device', async () => {
  const store = createMemoryNoteStore();
  const server = new FakeApi();
  const note = await keep(store, Buffer.alloc(1));
  server.fates = ['lost'];
  const page = openPage(store, server);
  await page.add(note);
  await page.discard(note.id);
  expect(await store.list(OWNER)).toEqual([]);
  expect(await store.parts(note.id)).toEqual([]);
  await page.flush();
  expect(server.delivered).toEqual([]);
});

test('what is discarded on its way goes no further', async () => {
  const store = createMemoryNoteStore();
  const server = new FakeApi();
  const note = await keep(store, Buffer.alloc(STEP * 8));
  const told: string[] = [];
  const page = openPage(store, server, told);
  const append = server.append.bind(server);
  server.append = async (...sent) => {
    await page.discard(note.id);
    return append(...sent);
  };
  await page.add(note);
  expect(server.delivered).toEqual([]);
  expect(told).toEqual([]);
});
