import { UNREADABLE_TEXT } from '@careconnect/contracts';
import { Counter, type Logger, type Registry } from '@careconnect/platform';
import type { EncryptedField, FieldCipher as StrictFieldCipher, FieldOwner } from '@careconnect/prisma';

export type { EncryptedField, FieldOwner };

/** Encrypts clinical free text field by field. Null stays null. */
export interface FieldCipher {
  encrypt<T extends string | null>(field: EncryptedField, owner: FieldOwner, plain: T): T | string;
  /**
   * {@link UNREADABLE_TEXT} for a value that was changed, or that belongs to another column, row or
   * organization: one damaged row must not take a whole waiting room from the screen.
   */
  decrypt<T extends string | null>(field: EncryptedField, owner: FieldOwner, stored: T): T | string;
}

export interface TolerantCipherDeps {
  /** The cipher itself lives beside the schema, because the seed writes what api reads. */
  readonly cipher: StrictFieldCipher;
  readonly log: Pick<Logger, 'error'>;
  readonly metrics: Registry;
}

/** Says of a value that does not open that it does not, to the reader, in the log and in the figures. */
export function createTolerantCipher({ cipher, log, metrics }: TolerantCipherDeps): FieldCipher {
  const unreadable = new Counter({
    name: 'careconnect_api_unreadable_fields_total',
    help: 'Encrypted values that could not be read; each is named in the log',
    labelNames: ['field'],
    registers: [metrics],
  });

  return {
    encrypt: (field, owner, plain) => cipher.encrypt(field, owner, plain),
    decrypt: (field, owner, stored) => {
      try {
        return cipher.decrypt(field, owner, stored);
      } catch (error) {
        unreadable.inc({ field });
        const { organizationId, id } = owner;
        log.error({ err: error, field, organizationId, id }, 'an encrypted value cannot be read');
        return UNREADABLE_TEXT;
      }
    },
  };
}
