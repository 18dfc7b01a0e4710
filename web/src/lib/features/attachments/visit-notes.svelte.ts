import { AttachmentId } from '@careconnect/contracts';
import { createContext } from 'svelte';
import type { ApiClient } from '#lib/api/client.ts';
import type { LocalMedia } from '../visits/stay/devices/local-media.svelte.ts';
import { retryDelayMs } from '../visits/stay/seat/retry-delay.ts';
import { createLateNoteStore } from './late-note-store.ts';
import { NoteOutbox, type OutgoingNote } from './note-outbox.svelte.ts';
import { createNoteServer, isPassing, isUnchecked } from './note-server.ts';
import type { NoteStore } from './note-store.ts';
import type { KeptNote, NoteOwner } from './note.ts';
import { stillOfFile, stillOfTrack, type Still } from './still.ts';
import { VoiceRecorder } from './voice-recorder.svelte.ts';

/** As long as the server keeps what was begun. */
const KEPT_MS = 24 * 3_600_000;
const PART_MS = 1_000;

export interface VisitNotesOptions {
  readonly owner: NoteOwner;
  readonly api: Pick<ApiClient, 'call'>;
  readonly local: LocalMedia;
}

/** What one person records and sends in one visit, whether there is a network or not. */
export class VisitNotes {
  /** To be listened to or looked at, then sent or discarded. */
  drafts = $state.raw<readonly KeptNote[]>([]);
  /** What this page has brought to the visit. */
  delivered = $state.raw<readonly KeptNote[]>([]);
  /** The picture that was chosen is none that this browser can read. */
  isUnreadable = $state(false);
  readonly recorder: VoiceRecorder;

  readonly #owner: NoteOwner;
  readonly #local: LocalMedia;
  readonly #store: NoteStore;
  readonly #outbox: NoteOutbox;
  readonly #closing = new AbortController();

  constructor({ owner, api, local }: VisitNotesOptions) {
    this.#owner = owner;
    this.#local = local;
    this.#store = createLateNoteStore();
    this.recorder = new VoiceRecorder({
      owner,
      store: this.#store,
      microphone: () => local.microphone,
      onRecorded: (note) => (this.drafts = [...this.drafts, note]),
    });
    this.#outbox = new NoteOutbox({
      store: this.#store,
      server: createNoteServer(api, this.#closing.signal),
      onDelivered: (note) => (this.delivered = [...this.delivered, note]),
      isPassing,
      isUnchecked,
      retryDelayMs,
      now: () => performance.now(),
    });
  }

  get outgoing(): readonly OutgoingNote[] {
    return this.#outbox.outgoing;
  }

  get hasCamera(): boolean {
    return this.#local.camera.isLive;
  }

  /** Takes up what an earlier page has left: what was being recorded is a draft, what was sent goes on. */
  async start(): Promise<void> {
    const { signal } = this.#closing;
    addEventListener('online', () => void this.flush(), { signal });
    await this.#store.removeForeign(this.#owner, Date.now() - KEPT_MS);
    const kept = await this.#store.list(this.#owner);
    const left = kept.filter(({ state }) => state !== 'outgoing').map(cutOff);
    this.drafts = [...left.filter(({ sizeBytes }) => sizeBytes > 0), ...this.drafts];
    for (const note of kept) if (note.state === 'outgoing') void this.#outbox.add(note);
  }

  /** There may be a network again. */
  async flush(): Promise<void> {
    await this.#outbox.flush();
  }

  async send(draft: KeptNote): Promise<void> {
    const note: KeptNote = { ...draft, state: 'outgoing' };
    this.#dropDraft(draft);
    await this.#store.put(note);
    await this.#outbox.add(note);
  }

  async discard(note: KeptNote): Promise<void> {
    this.#dropDraft(note);
    await this.#outbox.discard(note.id);
  }

  async retry(note: KeptNote): Promise<void> {
    await this.#outbox.retry(note.id);
  }

  async content(note: KeptNote): Promise<Blob> {
    return new Blob(await this.#store.parts(note.id), { type: note.mediaType });
  }

  async addPicture(file: Blob): Promise<void> {
    await this.#addStill(() => stillOfFile(file));
  }

  /** What this person's camera sees now. */
  async takePicture(): Promise<void> {
    const { track } = this.#local.camera;
    if (track) await this.#addStill(() => stillOfTrack(track));
  }

  /** The page goes. What is being said is kept, and what is on its way goes on with the next one. */
  close(): void {
    this.recorder.stop();
    this.#outbox.close();
    this.#closing.abort();
  }

  async #addStill(make: () => Promise<Still>): Promise<void> {
    this.isUnreadable = false;
    let still: Still;
    try {
      still = await make();
    } catch {
      this.isUnreadable = true;
      return;
    }
    const note: KeptNote = {
      ...this.#owner,
      id: AttachmentId.parse(crypto.randomUUID()),
      kind: 'still',
      mediaType: still.mediaType,
      state: 'draft',
      sizeBytes: still.bytes.byteLength,
      durationMs: null,
      createdAt: Date.now(),
    };
    await this.#store.addPart(note.id, 0, still.bytes);
    await this.#store.put(note);
    this.drafts = [...this.drafts, note];
  }

  #dropDraft({ id }: KeptNote): void {
    this.drafts = this.drafts.filter((draft) => draft.id !== id);
  }
}

/** What a crash has cut off lasts for as long as it was written down. */
function cutOff(note: KeptNote): KeptNote {
  if (note.durationMs === null) return note;
  return { ...note, state: 'draft', durationMs: Math.max(PART_MS, note.durationMs) };
}

/** The notes of the visit that a page is about. */
export const [getVisitNotes, setVisitNotes] = createContext<VisitNotes>();
