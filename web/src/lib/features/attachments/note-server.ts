import { endpoints } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';
import { ApiError } from '#lib/api/api-error.ts';
import { toAttachmentDraft, type KeptNote } from './note.ts';
import type { NoteServer } from './note-upload.ts';

/** A network that has gone silent does not always say so. */
const REQUEST_TIMEOUT_MS = 20_000;

/** @param closing - aborted when the page goes */
export function createNoteServer(api: Pick<ApiClient, 'call'>, closing: AbortSignal): NoteServer {
  const paramsOf = ({ visitId, id: attachmentId }: KeptNote) => ({ visitId, attachmentId });
  const inTime = () => AbortSignal.any([closing, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);

  return {
    begin: (note) =>
      api.call(endpoints.attachments.begin, {
        params: paramsOf(note),
        body: toAttachmentDraft(note),
        signal: inTime(),
      }),
    append: (note, offset, body) =>
      api.call(endpoints.attachments.append, {
        params: paramsOf(note),
        query: { offset },
        body,
        signal: inTime(),
      }),
  };
}

/** Everything but a clear refusal: a network, a restart and a limit pass. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 0 || error.status >= 500 || error.status === 429 || error.needsSignIn;
}

/** It is there, and waits to be looked through for viruses. */
export function isUnchecked(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'ATTACHMENT_UNCHECKED';
}
