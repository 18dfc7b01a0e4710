import { parseKeys } from '../aes-gcm.ts';
import type { CipherKeys } from '../field-cipher.ts';
import { createKeyRing, type DataKey } from '../keys/key-ring.ts';

const INDEX_KEY: DataKey = {
  purpose: 'index',
  version: 1,
  activeInMs: 0,
  unwrap: () => Promise.resolve(Buffer.alloc(32, 99)),
};

/** Data keys 1, 2, 3 … as given, of which the last encrypts. */
export async function cipherKeys(dataKeys: readonly Buffer[], operatorKeys?: string): Promise<CipherKeys> {
  const keys = dataKeys.map((key, index) => ({
    purpose: 'data' as const,
    version: index + 1,
    activeInMs: 0,
    unwrap: () => Promise.resolve(key),
  }));
  const keyRing = createKeyRing({ read: () => Promise.resolve([...keys, INDEX_KEY]), now: () => new Date() });
  await keyRing.refresh();
  return { keyRing, operatorKeys: operatorKeys === undefined ? [] : parseKeys(operatorKeys) };
}
