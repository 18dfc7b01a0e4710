import { ATTACHMENT_STEP_BYTES } from '@careconnect/contracts';
import type { ContentCipher } from '@careconnect/prisma';

/** Where the steps of one file belong; a step opens in its own place in its own file only. */
export interface StepPlace {
  readonly organizationId: string;
  readonly contextOf: (step: number) => string;
}

/** A file that lies encrypted step by step, so that a part can be read without what is before it. */
export interface SealedSteps {
  /** How far the sealed bytes of a step are from the beginning. */
  positionOf(step: number): number;
  /** @param offset the beginning of a step */
  seal(place: StepPlace, offset: number, bytes: Uint8Array): Buffer<ArrayBuffer>;
  /** The bytes between two places, both included. @throws when what is stored was changed or is not whole */
  open(file: SealedFile, first: number, last: number): AsyncIterable<Buffer>;
}

export interface SealedFile {
  readonly place: StepPlace;
  readonly sizeBytes: number;
  readonly readAt: (position: number, length: number) => Promise<Buffer>;
}

/** As many as are read from the store at once, where a store far away takes its time for each question. */
const STEPS_AT_ONCE = 16;

export function createSealedSteps(cipher: ContentCipher): SealedSteps {
  const sealedStepBytes = ATTACHMENT_STEP_BYTES + cipher.overheadBytes;
  const stepOf = (offset: number) => Math.floor(offset / ATTACHMENT_STEP_BYTES);

  function openStep({ place, sizeBytes }: SealedFile, step: number, sealed: Buffer): Buffer {
    const plain = cipher.open(place.organizationId, place.contextOf(step), sealed);
    const expected = Math.min(ATTACHMENT_STEP_BYTES, sizeBytes - step * ATTACHMENT_STEP_BYTES);
    if (plain.length !== expected) throw new Error(`step ${step} of ${place.contextOf(step)} is not whole`);
    return plain;
  }

  return {
    positionOf: (step) => step * sealedStepBytes,

    seal(place, offset, bytes) {
      const firstStep = stepOf(offset);
      const count = Math.ceil(bytes.length / ATTACHMENT_STEP_BYTES);
      const sealed = Array.from({ length: count }, (_none, index) => {
        const start = index * ATTACHMENT_STEP_BYTES;
        const step = bytes.subarray(start, start + ATTACHMENT_STEP_BYTES);
        return cipher.seal(place.organizationId, place.contextOf(firstStep + index), step);
      });
      return Buffer.concat(sealed);
    },

    async *open(file, first, last) {
      for (let from = stepOf(first); from <= stepOf(last); from += STEPS_AT_ONCE) {
        const count = Math.min(STEPS_AT_ONCE, stepOf(last) - from + 1);
        const sealed = await file.readAt(from * sealedStepBytes, count * sealedStepBytes);
        for (let index = 0; index < count; index += 1) {
          const step = from + index;
          const start = step * ATTACHMENT_STEP_BYTES;
          const at = index * sealedStepBytes;
          const plain = openStep(file, step, sealed.subarray(at, at + sealedStepBytes));
          yield plain.subarray(Math.max(0, first - start), last - start + 1);
        }
      }
    },
  };
}
