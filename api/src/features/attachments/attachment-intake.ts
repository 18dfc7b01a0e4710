import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { BoundedQueue } from '../../core/bounded-queue.ts';
import { tooMany } from '../../core/rate-limit.ts';
import type { StoredAttachment } from './attachment.ts';
import type { AttachmentContent } from './attachment-content.ts';
import type { AttachmentInspection } from './attachment-inspection.ts';
import type { AttachmentRepository } from './attachment.repository.ts';

/** Takes a note in that is all here: it is looked at, and kept by what it is. */
export interface AttachmentIntake {
  /** Again for one that is taken in already, nothing happens. @throws ATTACHMENT_REFUSED, ATTACHMENT_UNCHECKED, RATE_LIMITED */
  accept(note: StoredAttachment): Promise<void>;
}

/** A picture of 8 MiB takes three times that of memory while it is looked at and stored. */
const AT_ONCE = 2;
const WAITING = 100;
const RETRY_AFTER_MS = 2_000;

export interface AttachmentIntakeDeps {
  readonly content: Pick<AttachmentContent, 'read'>;
  readonly inspection: Pick<AttachmentInspection, 'requireHarmless'>;
  /** Stores it for good, see `createFileKeeping`. */
  readonly keep: (note: StoredAttachment, bytes: Buffer) => Promise<void>;
  readonly attachments: Pick<AttachmentRepository, 'find'>;
}

export function createAttachmentIntake(deps: AttachmentIntakeDeps): AttachmentIntake {
  const { content, inspection, keep, attachments } = deps;
  const queue = new BoundedQueue({
    atOnce: AT_ONCE,
    waiting: WAITING,
    refusal: () => tooMany(RETRY_AFTER_MS),
  });

  /** Null for one that somebody else has taken in since. */
  async function whole(note: StoredAttachment): Promise<Buffer | null> {
    try {
      return await buffer(Readable.from(content.read(note, 0, note.sizeBytes - 1)));
    } catch (error) {
      const found = await attachments.find(note);
      if (found?.contentAddress != null) return null;
      throw error;
    }
  }

  async function take(note: StoredAttachment): Promise<void> {
    const bytes = await whole(note);
    if (!bytes) return;
    await inspection.requireHarmless(note, bytes);
    await keep(note, bytes);
  }

  return {
    accept: (note) => (note.contentAddress === null ? queue.run(() => take(note)) : Promise.resolve()),
  };
}
