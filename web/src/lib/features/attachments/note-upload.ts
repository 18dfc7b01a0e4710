import { ATTACHMENT_MAX_STEPS, ATTACHMENT_STEP_BYTES, type AttachmentProgress } from '@careconnect/contracts';
import type { KeptNote } from './note.ts';

/** What a note needs of the server. Both may be asked again and again; see the endpoints. */
export interface NoteServer {
  begin(note: KeptNote): Promise<AttachmentProgress>;
  append(note: KeptNote, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<AttachmentProgress>;
}

/** A request that takes less was small for this network. */
const FAST_MS = 1_500;
/** One that takes more is in danger: the platform waits 20 s for a request. */
const SLOW_MS = 6_000;
/** Until the network is known: 32 KiB, 13 s at 20 kbit/s. */
const FIRST_STEPS = 2;

export interface NoteUpload {
  readonly note: KeptNote;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly server: NoteServer;
  /** False as soon as its person has thought better of it. */
  readonly isWanted: () => boolean;
  readonly onProgress: (receivedBytes: number) => void;
  /** Milliseconds, from anywhere. */
  readonly now: () => number;
}

/**
 * Brings a note to the server, from wherever it stands there, and resolves when it is in the chat, or not wanted
 * any more. It believes the server and nothing else, so that it can be broken off anywhere and begun again.
 */
export async function uploadNote(upload: NoteUpload): Promise<AttachmentProgress> {
  const { note, content, server, isWanted, onProgress, now } = upload;
  let progress = await server.begin(note);
  let steps = FIRST_STEPS;
  while (!progress.isDelivered && isWanted()) {
    const { receivedBytes: offset } = progress;
    onProgress(offset);
    const askedAt = now();
    const bytes = content.slice(offset, offset + steps * ATTACHMENT_STEP_BYTES);
    // All of it is there and only the message is missing: whoever asks is told that, or delivers it.
    progress = bytes.length === 0 ? await server.begin(note) : await server.append(note, offset, bytes);
    steps = stepsAfter(steps, now() - askedAt);
  }
  return progress;
}

function stepsAfter(steps: number, tookMs: number): number {
  if (tookMs < FAST_MS) return Math.min(steps * 2, ATTACHMENT_MAX_STEPS);
  return tookMs > SLOW_MS ? Math.max(1, Math.floor(steps / 2)) : steps;
}
