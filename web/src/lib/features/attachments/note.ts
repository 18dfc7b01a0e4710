import type { AttachmentDraft, AttachmentId, AttachmentType, UserId, VisitId } from '@careconnect/contracts';

/** Whose notes, and of which visit. */
export interface NoteOwner {
  readonly visitId: VisitId;
  readonly userId: UserId;
}

/**
 * `recording`: being spoken, or cut off by a crash while it was. `draft`: to be listened to, sent or discarded.
 * `outgoing`: its person has sent it, and the rest is for the network to allow.
 */
export type NoteState = 'recording' | 'draft' | 'outgoing';

/** A voice note or a still that this device keeps until the visit has it. */
export interface KeptNote extends NoteOwner {
  readonly id: AttachmentId;
  readonly kind: AttachmentDraft['kind'];
  readonly mediaType: AttachmentType;
  readonly state: NoteState;
  readonly sizeBytes: number;
  /** Null for a still. */
  readonly durationMs: number | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What of it the server is told before its first byte. */
export function toAttachmentDraft({ kind, mediaType, sizeBytes, durationMs }: KeptNote): AttachmentDraft {
  return (
    kind === 'voice_note' ? { kind, mediaType, sizeBytes, durationMs } : { kind, mediaType, sizeBytes }
  ) as AttachmentDraft;
}
