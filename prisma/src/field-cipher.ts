import { parseKeys, seal, unseal, type KeyRing } from './aes-gcm.ts';

/** Every column that holds ciphertext. */
export type EncryptedField =
  | 'appointment.reason'
  | 'visit.reason'
  | 'patient.allergies_note'
  | 'chat_message.body'
  | 'totp_credential.secret'
  | 'encryption_key.known_text';

/** Encrypts clinical free text field by field. Null stays null. */
export interface FieldCipher {
  encrypt<T extends string | null>(field: EncryptedField, organizationId: string, plain: T): T | string;
  /** Throws when the value was changed, or belongs to another column or another organization. */
  decrypt<T extends string | null>(field: EncryptedField, organizationId: string, stored: T): T | string;
}

/**
 * AES-256-GCM. A stored value reads `v<key>.<base64url of iv, ciphertext, tag>`; column and tenant are
 * authenticated with it, so that a value copied elsewhere does not open.
 *
 * @param keys `FIELD_ENCRYPTION_KEY`: 32 bytes in base64url, or several as `2:new,1:old`. The first
 * encrypts; all decrypt, so that a key can be replaced while old values are still being rewritten.
 */
export function createFieldCipher(keys: string): FieldCipher {
  return cipherOf(parseKeys(keys));
}

/** A cipher for each of the keys alone, to tell which of them is wrong. */
export function createSingleKeyCiphers(
  keys: string,
): { readonly version: number; readonly cipher: FieldCipher }[] {
  return parseKeys(keys).map((entry) => ({ version: entry[0], cipher: cipherOf([entry]) }));
}

function cipherOf(ring: KeyRing): FieldCipher {
  const [current] = ring;
  if (!current) throw new TypeError('there is no field encryption key');
  const keyOf = new Map(ring);
  const [version, key] = current;

  function encrypt(field: EncryptedField, organizationId: string, plain: string): string {
    return `v${version}.${seal(key, contextOf(field, organizationId), plain).toString('base64url')}`;
  }

  function decrypt(field: EncryptedField, organizationId: string, stored: string): string {
    const [, storedVersion, payload] = /^v(\d+)\.([\w-]+)$/.exec(stored) ?? [];
    const storedKey = keyOf.get(Number(storedVersion));
    if (payload === undefined || !storedKey) throw new Error(`${field} holds no value that can be decrypted`);
    const sealed = Buffer.from(payload, 'base64url');
    return unseal(storedKey, contextOf(field, organizationId), sealed).toString('utf8');
  }

  return {
    encrypt: (field, organizationId, plain) =>
      plain === null ? plain : encrypt(field, organizationId, plain),
    decrypt: (field, organizationId, stored) =>
      stored === null ? stored : decrypt(field, organizationId, stored),
  };
}

function contextOf(field: EncryptedField, organizationId: string): string {
  return `${field}:${organizationId}`;
}
