import {
  ATTACHMENT_STEP_BYTES,
  type AttachmentDraft,
  type AttachmentId,
  type AttachmentProgress,
  type AttachmentType,
  type OrganizationId,
  type SeatId,
  type VisitId,
} from '@careconnect/contracts';

/** Which note of which visit, and whose. */
export interface AttachmentKey {
  readonly organizationId: OrganizationId;
  readonly visitId: VisitId;
  readonly id: AttachmentId;
}

/** A voice note or a still, on its way or delivered. */
export interface StoredAttachment extends AttachmentKey {
  readonly authorSeatId: SeatId;
  readonly authorUserId: string;
  readonly kind: AttachmentDraft['kind'];
  readonly mediaType: AttachmentType;
  readonly sizeBytes: number;
  readonly durationMs: number | null;
  readonly receivedBytes: number;
  /** Where its content is kept, once it is complete and was looked through; null while it lies by itself. */
  readonly contentAddress: string | null;
  /** A message of the visit has it. */
  readonly isDelivered: boolean;
}

export function durationOf(draft: AttachmentDraft): number | null {
  return draft.kind === 'voice_note' ? draft.durationMs : null;
}

/** Whether a note that is begun again is the one that was begun. */
export function isSameNote(stored: StoredAttachment, draft: AttachmentDraft): boolean {
  return (
    stored.kind === draft.kind &&
    stored.mediaType === draft.mediaType &&
    stored.sizeBytes === draft.sizeBytes &&
    stored.durationMs === durationOf(draft)
  );
}

export function isComplete({ receivedBytes, sizeBytes }: StoredAttachment): boolean {
  return receivedBytes === sizeBytes;
}

export function progressOf({ receivedBytes, isDelivered }: StoredAttachment): AttachmentProgress {
  return { receivedBytes, isDelivered };
}

/** Whole steps, or all that is missing: a step is what is encrypted as one, so half of one cannot be stored. */
export function fits({ receivedBytes, sizeBytes }: StoredAttachment, length: number): boolean {
  const end = receivedBytes + length;
  return length > 0 && (end === sizeBytes || (end < sizeBytes && length % ATTACHMENT_STEP_BYTES === 0));
}
