import { seal, unseal, type OperatorKeys } from './aes-gcm.ts';
import { isFormerPlain, type EncryptedField } from './encrypted-fields.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { createOperatorCipher } from './operator-cipher.ts';

/** The row in which a value stands. */
export interface FieldOwner {
  readonly organizationId: string;
  readonly id: string;
}

/** Encrypts clinical free text field by field. Null stays null. */
export interface FieldCipher {
  encrypt<T extends string | null>(field: EncryptedField, owner: FieldOwner, plain: T): T | string;
  /** @throws when the value was changed, or belongs to another column, row or organization */
  decrypt<T extends string | null>(field: EncryptedField, owner: FieldOwner, stored: T): T | string;
}

export interface CipherKeys {
  readonly keyRing: KeyRing;
  /** Those that data was encrypted with before there were data keys. */
  readonly operatorKeys: OperatorKeys;
}

const STORED = /^e([1-9]\d*)\.([\w-]+)$/;

/**
 * AES-256-GCM under a key of the organization alone. A stored value reads `e<data key>.<base64url of iv, ciphertext,
 * tag>`; version, column, tenant and row are authenticated with it, so that a value copied elsewhere does not open.
 */
export function createFieldCipher({ keyRing, operatorKeys }: CipherKeys): FieldCipher {
  const operatorCipher = createOperatorCipher(operatorKeys);

  function encrypt(field: EncryptedField, owner: FieldOwner, plain: string): string {
    const version = keyRing.currentVersion();
    const key = keyRing.get(version, 'field', owner.organizationId);
    return `e${version}.${seal(key, contextOf(version, field, owner), plain).toString('base64url')}`;
  }

  function decrypt(field: EncryptedField, owner: FieldOwner, stored: string): string {
    if (stored.startsWith('v')) return operatorCipher.decrypt(field, owner.organizationId, stored);
    if (isFormerPlain(field, stored)) return stored;
    const [, digits, payload] = STORED.exec(stored) ?? [];
    const version = Number(digits);
    const key = payload === undefined ? null : keyRing.find(version, 'field', owner.organizationId);
    if (payload === undefined || !key) throw new Error(`${field} holds no value that can be decrypted`);
    return unseal(key, contextOf(version, field, owner), Buffer.from(payload, 'base64url')).toString('utf8');
  }

  return {
    encrypt: (field, owner, plain) => (plain === null ? plain : encrypt(field, owner, plain)),
    decrypt: (field, owner, stored) => (stored === null ? stored : decrypt(field, owner, stored)),
  };
}

function contextOf(version: number, field: EncryptedField, { organizationId, id }: FieldOwner): string {
  return `e${version}:${field}:${organizationId}:${id}`;
}
