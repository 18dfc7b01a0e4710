import { ATTACHMENT_STEP_BYTES } from '@careconnect/contracts';
import type { ContentCipher } from '@careconnect/prisma';
import type { BlobName, BlobStore } from '../../core/blob-store.ts';
import type { AttachmentKey, StoredAttachment } from './attachment.ts';

/**
 * What notes hold, encrypted step by step as it arrives: nothing of it ever lies in plain text on a disk, and a
 * part can be read without what is before it.
 */
export interface AttachmentContent {
  /** Durable when it resolves. `offset` is the beginning of a step. */
  write(key: AttachmentKey, offset: number, bytes: Uint8Array): Promise<void>;
  /** The bytes between two places, both included. @throws when what is stored was changed */
  read(note: StoredAttachment, first: number, last: number): AsyncIterable<Buffer>;
  remove(key: AttachmentKey): Promise<void>;
}

export interface AttachmentContentDeps {
  readonly blobs: BlobStore;
  readonly cipher: ContentCipher;
}

export function createAttachmentContent({ blobs, cipher }: AttachmentContentDeps): AttachmentContent {
  const sealedStepBytes = ATTACHMENT_STEP_BYTES + cipher.overheadBytes;

  async function readStep(note: StoredAttachment, step: number): Promise<Buffer> {
    const sealed = await blobs.readAt(nameOf(note), step * sealedStepBytes, sealedStepBytes);
    const plain = cipher.open(contextOf(note, step), sealed);
    const expected = Math.min(ATTACHMENT_STEP_BYTES, note.sizeBytes - step * ATTACHMENT_STEP_BYTES);
    if (plain.length !== expected) throw new Error(`step ${step} of attachment ${note.id} is not whole`);
    return plain;
  }

  return {
    async write(key, offset, bytes) {
      const firstStep = offset / ATTACHMENT_STEP_BYTES;
      const count = Math.ceil(bytes.length / ATTACHMENT_STEP_BYTES);
      const sealed = Array.from({ length: count }, (_none, index) => {
        const start = index * ATTACHMENT_STEP_BYTES;
        return cipher.seal(
          contextOf(key, firstStep + index),
          bytes.subarray(start, start + ATTACHMENT_STEP_BYTES),
        );
      });
      await blobs.writeAt(nameOf(key), firstStep * sealedStepBytes, Buffer.concat(sealed));
    },

    async *read(note, first, last) {
      const stepOf = (place: number) => Math.floor(place / ATTACHMENT_STEP_BYTES);
      for (let step = stepOf(first); step <= stepOf(last); step += 1) {
        const start = step * ATTACHMENT_STEP_BYTES;
        const plain = await readStep(note, step);
        yield plain.subarray(Math.max(0, first - start), last - start + 1);
      }
    },

    remove: (key) => blobs.remove(nameOf(key)),
  };
}

function nameOf({ organizationId, visitId, id }: AttachmentKey): BlobName {
  return [organizationId, visitId, id];
}

/** A step opens in its own place in its own note only. */
function contextOf(key: AttachmentKey, step: number): string {
  return `attachment:${nameOf(key).join(':')}:${step}`;
}
