import { ATTACHMENT_STEP_BYTES } from '@careconnect/contracts';
import type { ContentCipher } from '@careconnect/prisma';
import type { BlobName, BlobStore } from '../../core/blob-store.ts';
import type { AttachmentKey, StoredAttachment } from './attachment.ts';
import type { FileContents } from './file-content.ts';
import { createSealedSteps, type SealedFile, type StepPlace } from './sealed-steps.ts';

/**
 * What notes hold, encrypted step by step as it arrives: nothing of it ever lies in plain text on a disk. Until a note
 * is complete it lies by itself, afterwards by what it is.
 */
export interface AttachmentContent {
  /** Durable when it resolves. `offset` is the beginning of a step. */
  write(key: AttachmentKey, offset: number, bytes: Uint8Array): Promise<void>;
  /** The bytes between two places, both included. @throws when what is stored was changed */
  read(note: StoredAttachment, first: number, last: number): AsyncIterable<Buffer>;
  /** What lies by itself. */
  remove(key: AttachmentKey): Promise<void>;
  /** Of the data key that {@link write} seals with. */
  currentKeyVersion(): number;
  /** Seals anew what lies by itself. False for a note that does not open. */
  rewrite(note: StoredAttachment): Promise<boolean>;
}

export interface AttachmentContentDeps {
  readonly blobs: BlobStore;
  readonly cipher: ContentCipher;
  readonly files: Pick<FileContents, 'read'>;
}

export function createAttachmentContent({ blobs, cipher, files }: AttachmentContentDeps): AttachmentContent {
  const steps = createSealedSteps(cipher);

  function arriving(note: StoredAttachment, sizeBytes: number): SealedFile {
    const readAt = (position: number, length: number) => blobs.readAt(nameOf(note), position, length);
    return { place: placeOf(note), sizeBytes, readAt };
  }

  return {
    write: (key, offset, bytes) =>
      blobs.writeAt(
        nameOf(key),
        steps.positionOf(offset / ATTACHMENT_STEP_BYTES),
        steps.seal(placeOf(key), offset, bytes),
      ),

    read(note, first, last) {
      const { organizationId, sizeBytes, contentAddress: address } = note;
      if (address !== null) return files.read({ organizationId, address, sizeBytes }, first, last);
      return steps.open(arriving(note, sizeBytes), first, last);
    },

    remove: (key) => blobs.remove(nameOf(key)),
    currentKeyVersion: () => cipher.currentVersion(),

    async rewrite(note) {
      const { receivedBytes } = note;
      if (receivedBytes === 0) return true;
      const opened: Buffer[] = [];
      try {
        const stored = arriving(note, receivedBytes);
        for await (const step of steps.open(stored, 0, receivedBytes - 1)) opened.push(step);
      } catch {
        return false;
      }
      await blobs.replace(nameOf(note), steps.seal(placeOf(note), 0, Buffer.concat(opened)));
      return true;
    },
  };
}

function nameOf({ organizationId, visitId, id }: AttachmentKey): BlobName {
  return [organizationId, visitId, id];
}

function placeOf(key: AttachmentKey): StepPlace {
  const name = nameOf(key).join(':');
  return { organizationId: key.organizationId, contextOf: (step) => `attachment:${name}:${step}` };
}
