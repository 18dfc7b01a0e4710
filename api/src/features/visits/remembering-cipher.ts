import type { EncryptedField, FieldCipher, FieldOwner } from '../../core/field-cipher.ts';

/**
 * A cipher that remembers what it decrypted last, for values that are read again and again, such as the reasons
 * in a queue that a whole desk looks at. A value is known by its ciphertext, its column and its row, so one
 * that was changed or moved is a new one and does not open, as ever. `capacity` values are held in memory at most.
 */
export function createRememberingCipher(cipher: FieldCipher, capacity: number): Pick<FieldCipher, 'decrypt'> {
  const known = new Map<string, string>();

  function decrypt(field: EncryptedField, owner: FieldOwner, stored: string): string {
    const key = `${field}:${owner.organizationId}:${owner.id}:${stored}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const plain = cipher.decrypt(field, owner, stored);
    const [oldest] = known.keys();
    if (known.size >= capacity && oldest !== undefined) known.delete(oldest);
    known.set(key, plain);
    return plain;
  }

  return {
    decrypt: (field, owner, stored) => (stored === null ? stored : decrypt(field, owner, stored)),
  };
}
