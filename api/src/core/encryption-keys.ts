import { ConfigError } from '@careconnect/platform';
import type { InstallationKeys } from '@careconnect/prisma';
import { KeyManagementError } from '@careconnect/prisma/encryption';

/** Holds the keys that api is given to those that the database was written with. */
export interface EncryptionKeys {
  /**
   * Nothing is encrypted or decrypted before it has once succeeded; asks the database until then.
   * @throws {ConfigError} with the sentence for whoever set the key
   */
  verify(): Promise<void>;
  /** Reads which data keys there are by now: another process may have made one. */
  refresh(): Promise<void>;
}

export function createEncryptionKeys(keys: Pick<InstallationKeys, 'open' | 'keyRing'>): EncryptionKeys {
  let isVerified = false;
  return {
    async verify() {
      if (isVerified) return;
      await keys.open().catch((cause: unknown) => {
        throw cause instanceof KeyManagementError ? new ConfigError(cause.message, { cause }) : cause;
      });
      isVerified = true;
    },
    refresh: () => keys.keyRing.refresh(),
  };
}
