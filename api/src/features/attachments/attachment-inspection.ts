import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
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
  /** Of a note that is all here. One that is refused is thrown away. @throws ATTACHMENT_REFUSED */
  requireHarmless(note: StoredAttachment): Promise<void>;
}

export interface AttachmentInspectionDeps {
  readonly content: AttachmentContent;
  readonly attachments: Pick<AttachmentRepository, 'remove'>;
}

export function createAttachmentInspection({
  content,
  attachments,
}: AttachmentInspectionDeps): AttachmentInspection {
  return {
    requireType({ mediaType }, start) {
      if (!looksLike(mediaType, start)) throw attachmentErrors.notThisType();
    },

    async requireHarmless(note) {
      const { mediaType } = note;
      if (mediaType === 'audio/webm' || mediaType === 'audio/mp4') return;
      const file = await buffer(Readable.from(content.read(note, 0, note.sizeBytes - 1)));
      if (isOnlyPicture(mediaType, file)) return;
      await attachments.remove(note);
      await content.remove(note);
      throw attachmentErrors.notOnlyPicture();
    },
  };
}
