import { createHmac } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { ContentCipher, KeyRing } from '@careconnect/prisma';
import type { ObjectName, ObjectStore } from '../../core/object-store.ts';
import { createSealedSteps, type StepPlace } from './sealed-steps.ts';

/** A file that is complete, as it is stored. */
export interface StoredFile extends ObjectName {
  readonly sizeBytes: number;
}

/** What complete files hold, by what it is: whatever is the same within an organization has the same address. */
export interface FileContents {
  /** A keyed digest, which tells nobody outside the organization what the bytes are, nor who else has them. */
  addressOf(organizationId: string, bytes: Uint8Array): string;
  put(name: ObjectName, bytes: Uint8Array): Promise<void>;
  /** The bytes between two places, both included. @throws when what is stored was changed */
  read(file: StoredFile, first: number, last: number): AsyncIterable<Buffer>;
  remove(name: ObjectName): Promise<void>;
  /** Of the data key that {@link put} seals with. */
  currentKeyVersion(): number;
  /** Seals it anew. False for one that does not open. */
  rewrite(file: StoredFile): Promise<boolean>;
}

export interface FileContentsDeps {
  readonly objects: ObjectStore;
  readonly cipher: ContentCipher;
  readonly keyRing: Pick<KeyRing, 'indexKey'>;
}

export function createFileContents({ objects, cipher, keyRing }: FileContentsDeps): FileContents {
  const steps = createSealedSteps(cipher);

  const put = (name: ObjectName, bytes: Uint8Array) => objects.put(name, steps.seal(placeOf(name), 0, bytes));

  function read(file: StoredFile, first: number, last: number): AsyncIterable<Buffer> {
    const readAt = (position: number, length: number) => objects.readAt(file, position, length);
    return steps.open({ place: placeOf(file), sizeBytes: file.sizeBytes, readAt }, first, last);
  }

  return {
    addressOf: (organizationId, bytes) =>
      createHmac('sha256', keyRing.indexKey(organizationId, 'address')).update(bytes).digest('hex'),
    put,
    read,
    remove: (name) => objects.remove(name),
    currentKeyVersion: () => cipher.currentVersion(),

    async rewrite(file) {
      const whole = await buffer(Readable.from(read(file, 0, file.sizeBytes - 1))).catch(() => null);
      if (whole === null) return false;
      await put(file, whole);
      return true;
    },
  };
}

function placeOf({ organizationId, address }: ObjectName): StepPlace {
  return { organizationId, contextOf: (step) => `file:${organizationId}:${address}:${step}` };
}
