import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { BoundedQueue } from '../../core/bounded-queue.ts';
import { tooMany } from '../../core/rate-limit.ts';
import type { AttachmentContent } from './attachment-content.ts';
import type { AttachmentRepository } from './attachment.repository.ts';
import { attachmentErrors } from './attachment.errors.ts';
import type { StoredAttachment } from './attachment.ts';
import { looksLike } from './media-type.ts';
import { isOnlyPicture } from './still-parts.ts';

/** Looks at what a note really holds, which is not what its sender says. */
export interface AttachmentInspection {
  /** @throws ATTACHMENT_REFUSED when its first bytes are not those of its type */
  requireType(note: StoredAttachment, start: Uint8Array): void;
  /** Of a note that is all here. One that is refused is thrown away. @throws ATTACHMENT_REFUSED, RATE_LIMITED */
  requireHarmless(note: StoredAttachment): Promise<void>;
}

/** A picture of 8 MiB takes twice that of memory while it is looked at, and some 50 ms. */
const AT_ONCE = 2;
const WAITING = 100;
const RETRY_AFTER_MS = 2_000;

export interface AttachmentInspectionDeps {
  readonly content: AttachmentContent;
  readonly attachments: Pick<AttachmentRepository, 'remove'>;
}

export function createAttachmentInspection({
  content,
  attachments,
}: AttachmentInspectionDeps): AttachmentInspection {
  const queue = new BoundedQueue({
    atOnce: AT_ONCE,
    waiting: WAITING,
    refusal: () => tooMany(RETRY_AFTER_MS),
  });

  function whole(note: StoredAttachment): Promise<Buffer> {
    return buffer(Readable.from(content.read(note, 0, note.sizeBytes - 1)));
  }

  return {
    requireType({ mediaType }, start) {
      if (!looksLike(mediaType, start)) throw attachmentErrors.notThisType();
    },

    async requireHarmless(note) {
      const { mediaType } = note;
      if (mediaType === 'audio/webm' || mediaType === 'audio/mp4') return;
      const isHarmless = await queue.run(async () => isOnlyPicture(mediaType, await whole(note)));
      if (isHarmless) return;
      await attachments.remove(note);
      await content.remove(note);
      throw attachmentErrors.notOnlyPicture();
    },
  };
}
