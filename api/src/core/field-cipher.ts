import { UNREADABLE_TEXT } from '@careconnect/contracts';
import { Counter, type Logger, type Registry } from '@careconnect/platform';
import type { EncryptedField, FieldCipher as StrictFieldCipher } from '@careconnect/prisma';

export type { EncryptedField };

/** The row in which a value stands. */
export interface FieldOwner {
  readonly organizationId: string;
  readonly id: string;
}

/** Encrypts clinical free text field by field. Null stays null. */
export interface FieldCipher {
  encrypt<T extends string | null>(field: EncryptedField, organizationId: string, plain: T): T | string;
  /**
   * {@link UNREADABLE_TEXT} for a value that was changed, or that belongs to another column or another
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
    encrypt: (field, organizationId, plain) => cipher.encrypt(field, organizationId, plain),
    decrypt: (field, { organizationId, id }, stored) => {
      try {
        return cipher.decrypt(field, organizationId, stored);
      } catch (error) {
        unreadable.inc({ field });
        log.error({ err: error, field, organizationId, id }, 'an encrypted value cannot be read');
        return UNREADABLE_TEXT;
      }
    },
  };
}
