import type { Logger } from '@careconnect/platform';
import type { VirusScanner } from '../../core/virus-scanner.ts';
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
  /**
   * Of a note that is all here. One that is refused is thrown away; one that the virus scanner cannot be asked about stays
   * where it is, unseen, until it can.
   * @throws ATTACHMENT_REFUSED, ATTACHMENT_UNCHECKED
   */
  requireHarmless(note: StoredAttachment, bytes: Buffer): Promise<void>;
}

export interface AttachmentInspectionDeps {
  readonly content: Pick<AttachmentContent, 'remove'>;
  readonly attachments: Pick<AttachmentRepository, 'remove'>;
  /** Null where there is none. */
  readonly scanner: VirusScanner | null;
  readonly log: Pick<Logger, 'warn'>;
}

export function createAttachmentInspection(deps: AttachmentInspectionDeps): AttachmentInspection {
  const { content, attachments, scanner, log } = deps;

  async function throwAway(note: StoredAttachment): Promise<void> {
    await attachments.remove(note);
    await content.remove(note);
  }

  async function requireNoVirus(note: StoredAttachment, bytes: Buffer): Promise<void> {
    if (!scanner) return;
    const { id: attachmentId, organizationId } = note;
    const result = await scanner.scan(bytes).catch((error: unknown) => {
      log.warn({ err: error, attachmentId, organizationId }, 'an attachment waits for the virus scanner');
      throw attachmentErrors.unchecked(error);
    });
    if (result.isClean) return;
    log.warn(
      { attachmentId, organizationId, found: result.found },
      'an attachment was refused by the virus scanner',
    );
    await throwAway(note);
    throw attachmentErrors.infected();
  }

  return {
    requireType({ mediaType }, start) {
      if (!looksLike(mediaType, start)) throw attachmentErrors.notThisType();
    },

    async requireHarmless(note, bytes) {
      const { mediaType } = note;
      const isSound = mediaType === 'audio/webm' || mediaType === 'audio/mp4';
      if (!isSound && !isOnlyPicture(mediaType, bytes)) {
        await throwAway(note);
        throw attachmentErrors.notOnlyPicture();
      }
      await requireNoVirus(note, bytes);
    },
  };
}
