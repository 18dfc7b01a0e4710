import { createHmac } from 'node:crypto';
import type { FieldCipher } from './field-cipher.ts';
import type { KeyRing } from './keys/key-ring.ts';

/** The phone of an account, as it is stored. */
export interface SealedPhone {
  readonly phone: string;
  readonly phoneIndex: string;
}

/**
 * Phones of accounts, encrypted, and found all the same by a keyed digest. An account belongs to no organization, so the
 * index has one key for the installation: nobody can tell from it whether the number is on record as some patient's.
 */
export interface AccountPhones {
  /** @param phone - in E.164 */
  seal(userId: string, phone: string): SealedPhone;
  /** @throws when the value was changed, or belongs to another account */
  open<T extends string | null>(userId: string, stored: T): T | string;
  indexOf(phone: string): string;
  /** The same of a number that a code is to make somebody's. */
  sealNew<T extends string | null>(code: CodeOwner, phone: T): T | string;
  openNew<T extends string | null>(code: CodeOwner, stored: T): T | string;
}

/** The code, and whose it is. */
export interface CodeOwner {
  readonly userId: string;
  readonly id: string;
}

export interface AccountPhonesDeps {
  readonly cipher: FieldCipher;
  readonly keyRing: Pick<KeyRing, 'indexKey'>;
}

/** In the place of an organization's id, which it cannot be. */
const OF_ACCOUNTS = 'accounts';
const INDEX_BYTES = 16;

export function createAccountPhones({ cipher, keyRing }: AccountPhonesDeps): AccountPhones {
  const ownerOf = (userId: string) => ({ organizationId: userId, id: userId });

  const rowOf = ({ userId, id }: CodeOwner) => ({ organizationId: userId, id });

  function indexOf(phone: string): string {
    const key = keyRing.indexKey(OF_ACCOUNTS, 'index');
    const digest = createHmac('sha256', key).update(`phone:${phone}`).digest();
    return digest.subarray(0, INDEX_BYTES).toString('base64url');
  }

  return {
    seal: (userId, phone) => ({
      phone: cipher.encrypt('user_account.phone', ownerOf(userId), phone),
      phoneIndex: indexOf(phone),
    }),
    open: (userId, stored) => cipher.decrypt('user_account.phone', ownerOf(userId), stored),
    indexOf,
    sealNew: (code, phone) => cipher.encrypt('sent_code.new_phone', rowOf(code), phone),
    openNew: (code, stored) => cipher.decrypt('sent_code.new_phone', rowOf(code), stored),
  };
}
