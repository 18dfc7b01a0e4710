import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { seatRequests, SocketError } from '@careconnect/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Harness } from './testing/harness.ts';
import { moves, type Move, RAW_FRAMES } from './testing/hostile.ts';
import { RealSfu } from './testing/real-sfu.ts';
import type { TestSeatPage } from './testing/test-page.ts';

/** Far more than all runs take; who needs it has met a server that hangs. */
const TIME_LIMIT_MS = 60_000;

let sfu: RealSfu;
let clinic: Harness;
let bystanders: { doctor: TestSeatPage; patient: TestSeatPage };

beforeAll(async () => {
  sfu = await RealSfu.start();
  clinic = await Harness.start({ sfuUrls: [sfu.url] });
  const visit = clinic.api.add({ state: 'in_progress' });
  bystanders = { doctor: await joined(visit.host), patient: await joined(visit.patient) };
});
afterAll(async () => {
  await clinic.close();
  await sfu.close();
});

test(
  'whatever a page sends is answered with a typed error or a right answer',
  async () => {
    const phases = fc.constantFrom('lobby', 'waiting', 'in_room');
    const authors = fc.constantFrom('doctor', 'patient');
    await fc.assert(
      fc.asyncProperty(phases, moves, authors, async (phase, sent, author) => {
        const page = await inPhase(phase);
        for (const move of sent) await expectTypedAnswer(page, move);
        page.close();
        await expectUnaffected(author);
      }),
      { numRuns: 120, interruptAfterTimeLimit: TIME_LIMIT_MS, markInterruptAsFailure: true },
    );
  },
  TIME_LIMIT_MS + 5_000,
);

test('a burst of requests slows down who sends it and nobody else', async () => {
  const page = await inPhase('in_room');
  const answers = Array.from({ length: 90 }, () => page.refusal('seat:ping', {}));
  const outcomes = await Promise.all(answers);
  expect(outcomes.slice(0, 30)).toEqual(Array(30).fill('not refused'));
  expect(outcomes.at(-1)).toBe('RATE_LIMITED');
  await expectUnaffected();
});

test('a flood ends the connection that it comes from', async () => {
  const page = await inPhase('lobby');
  for (let sent = 0; sent < 1_000; sent += 1) page.socket.emit('chat:since', { afterSequence: 0 });
  expect(await page.ended()).toMatch(/transport close|io server disconnect/);
  await expectUnaffected();
});

test('older words come a page at a time, and no faster than they are read', async () => {
  const page = await inPhase('in_room');
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => page.refusal('chat:since', { afterSequence: 0 })),
  );
  expect(outcomes).toEqual([...Array<string>(6).fill('not refused'), 'RATE_LIMITED', 'RATE_LIMITED']);
});

test('the room is told again no faster than anybody comes into it', async () => {
  const page = await inPhase('in_room');
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => page.refusal('seat:join', {})));
  expect(outcomes.slice(0, 9)).not.toContain('RATE_LIMITED');
  expect(outcomes.slice(-2)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  await expectUnaffected();
});

test('new transports come no faster than old ones break', async () => {
  const page = await inPhase('in_room');
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => page.refusal('media:renew', {})));
  expect(outcomes.slice(0, 4)).not.toContain('RATE_LIMITED');
  expect(outcomes.slice(4)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  await expectUnaffected();
});

test('whoever goes on knocking with a forged ticket loses the connection', async () => {
  const socket = new WebSocket(`${clinic.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  for (let time = 0; time < 20; time += 1) socket.send('40/seat,{"ticket":"forged"}');
  await closed;
  await expectUnaffected();
});

test.each(RAW_FRAMES.map((frame) => [describeFrame(frame), frame] as const))(
  'a raw frame harms nobody: %s',
  async (_what, frame) => {
    const url = `${clinic.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.send(frame);
    socket.send('42/seat,["seat:join",{}]');
    await expectUnaffected();
    socket.close();
  },
);

async function expectTypedAnswer(page: TestSeatPage, { name, args, isAcknowledged }: Move): Promise<void> {
  if (!page.socket.connected) return;
  if (!isAcknowledged) return void emit(page, name, args);
  const answer = await page.askAnything(name, ...args).catch((error: unknown) => error);
  // A message beyond the limit, a reserved name or a leave ends this page's own connection.
  if (answer instanceof Error) return expect(page.socket.connected, `${name}: ${answer.message}`).toBe(false);
  const { ok, data, error } = answer as { ok: boolean; data: unknown; error: unknown };
  if (ok) {
    expect(Object.keys(seatRequests)).toContain(name);
    seatRequests[name as keyof typeof seatRequests].response.parse(data);
    return;
  }
  const { code } = SocketError.parse(error);
  expect(code, `${name} ${JSON.stringify(args)}`).not.toBe('INTERNAL');
}

function emit(page: TestSeatPage, name: string, args: readonly unknown[]): void {
  page.socket.emit(name, ...args);
}

/** The visit beside goes on as if nothing had happened. */
async function expectUnaffected(authorName: keyof typeof bystanders = 'doctor'): Promise<void> {
  const { doctor, patient } = bystanders;
  const [author, reader] = authorName === 'doctor' ? [doctor, patient] : [patient, doctor];
  const answer = await author.askAnything('chat:send', { clientMessageId: randomUUID(), body: 'Go on' });
  // Their own limit is the only thing that may slow them down here.
  if (answer.ok) expect(await reader.event('chat:message')).toEqual(answer.data);
  else expect(answer.error.code).toBe('RATE_LIMITED');
  // Soon after they have come in each is told once who receives them, and more than once what the other can be shown.
  const isOfMedia = (name: string): boolean => name === 'seat:receivers' || name === 'seat:video-codecs';
  const names = [...doctor.names, ...patient.names].filter((name) => !isOfMedia(name));
  expect(new Set(names)).toEqual(new Set(['welcome', 'peer:joined', 'chat:message']));
  for (const { names: told } of [doctor, patient])
    expect(told.filter((name) => name === 'seat:receivers').length).toBeLessThanOrEqual(1);
}

async function inPhase(phase: 'lobby' | 'waiting' | 'in_room'): Promise<TestSeatPage> {
  const visit = clinic.api.add({ state: phase === 'in_room' ? 'in_progress' : 'scheduled' });
  if (phase === 'in_room') return joined(visit.patient);
  const page = await clinic.sit(visit.patient);
  await page.event('welcome');
  if (phase === 'waiting') await page.ask('seat:check-in', {});
  return page;
}

async function joined(seat: Parameters<Harness['sit']>[0]): Promise<TestSeatPage> {
  const page = await clinic.sit(seat);
  await page.event('welcome');
  await page.ask('seat:join', {});
  return page;
}

function describeFrame(frame: string | Uint8Array<ArrayBuffer>): string {
  return typeof frame === 'string' ? `${frame.slice(0, 40)} (${frame.length})` : 'binary';
}
