import type { FieldCipher } from '@careconnect/prisma';
import { ENCRYPTED_FIELDS, isFormerPlain, type EncryptedField } from '@careconnect/prisma/encryption';
import { FIRST_ID, type EncryptedValueRepository, type StoredValue } from './encrypted-value.repository.ts';

/** What a run has done with one column. */
export interface RewriteOutcome {
  readonly rewritten: number;
  /** Rows whose value does not open: they stay as they are, and somebody has to look at them. */
  readonly unreadable: readonly string[];
}

export interface RewriteDeps {
  readonly values: EncryptedValueRepository;
  readonly cipher: FieldCipher;
  /** Of the data key that encrypts. */
  readonly currentVersion: () => number;
  readonly onProgress: (field: EncryptedField, rewritten: number) => void;
}

export const ENCRYPTED_FIELD_NAMES = Object.keys(ENCRYPTED_FIELDS) as EncryptedField[];

/**
 * Brings every value of a column under the data key that encrypts now, batch after batch, while everything runs. Stopped
 * at any moment it goes on where it was: what is done needs no note. What somebody writes meanwhile stays as they wrote it,
 * which is under the same key.
 */
export function createRewrite({ values, cipher, currentVersion, onProgress }: RewriteDeps) {
  return async function rewrite(field: EncryptedField): Promise<RewriteOutcome> {
    const unreadable: string[] = [];
    let rewritten = 0;
    let after = FIRST_ID;

    function anew({ organizationId, id, stored }: StoredValue) {
      // It has to be found too: contact-rewrite.
      if (isFormerPlain(field, stored)) return [];
      const owner = { organizationId, id };
      try {
        const plain = cipher.decrypt(field, owner, stored);
        return [{ id, before: stored, after: cipher.encrypt(field, owner, plain) }];
      } catch {
        unreadable.push(id);
        return [];
      }
    }

    for (;;) {
      const batch = await values.nextOthers(field, `e${currentVersion()}`, after);
      const last = batch.at(-1);
      if (!last) return { rewritten, unreadable };
      rewritten += await values.replace(field, batch.flatMap(anew));
      after = last.id;
      onProgress(field, rewritten);
    }
  };
}
