import { seal, unseal, type OperatorKeys } from '../aes-gcm.ts';
import { KeyManagementError, type KeyManagement } from './key-management.ts';

export const LOCAL = 'local';

/**
 * Key-encryption keys that the process itself is given.
 * The first wraps, all unwrap.
 */
export function createLocalKeyManagement(keys: OperatorKeys): KeyManagement {
  const keyOf = new Map(keys);
  const [current] = keys;
  if (!current) throw new TypeError('there is no key-encryption key');
  const [version, key] = current;
  return {
    wrap: (plain, context) =>
      Promise.resolve({
        wrapped: seal(key, context, plain).toString('base64url'),
        wrappedBy: `${LOCAL}:${version}`,
      }),

    async unwrap({ wrapped, wrappedBy }, context) {
      const wrappingVersion = Number(wrappedBy.slice(LOCAL.length + 1));
      const wrappingKey = keyOf.get(wrappingVersion);
      if (!wrappingKey) throw KeyManagementError.missing(wrappedBy);
      try {
        return unseal(wrappingKey, context, Buffer.from(wrapped, 'base64url'));
      } catch (cause) {
        throw KeyManagementError.wrongKey(wrappingVersion, cause);
      }
    },
  };
}
