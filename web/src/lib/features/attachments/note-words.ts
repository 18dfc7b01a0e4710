import type { Attachment } from '@careconnect/contracts';
import { errorWords } from '#lib/api/error-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { clockTime } from './clock-time.ts';
import type { OutgoingNote } from './note-outbox.svelte.ts';

/** What it is called, on its way and in the chat. */
export function noteName({ kind, durationMs }: Pick<Attachment, 'kind' | 'durationMs'>): string {
  return kind === 'still' ? m.visit_note_still() : m.visit_note_voice({ time: clockTime(durationMs ?? 0) });
}

/** How far a note is, in words. */
export function outgoingWords({ note, sentBytes, isWaiting, isUnchecked, refusal }: OutgoingNote): string {
  if (refusal !== null) return `${m.visit_chat_failed()} ${errorWords(refusal)}`;
  if (isWaiting) return isUnchecked ? m.error_attachment_unchecked() : m.visit_note_waiting();
  if (sentBytes === null) return m.visit_chat_sending();
  return m.visit_note_progress({ percent: Math.floor((sentBytes / note.sizeBytes) * 100) });
}
