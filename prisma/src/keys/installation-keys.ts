import type { Database } from '../client.ts';
import type { CipherKeys } from '../field-cipher.ts';
import { createDataKeyStore, type DataKeyStore } from './data-key-store.ts';
import { createKeyRing } from './key-ring.ts';
import type { KeyHolders } from './key-settings.ts';
import { requireKnownKeys } from './operator-key-check.ts';

/** All keys of an installation: those of its operator, and the data keys that are wrapped with them. */
export interface InstallationKeys extends CipherKeys {
  readonly dataKeys: DataKeyStore;
  /**
   * Nothing is encrypted before this has once succeeded.
   * @throws {KeyManagementError} when the operator's keys are not those of this database
   */
  open(): Promise<void>;
}

export interface InstallationKeysDeps extends KeyHolders {
  readonly database: Pick<Database, 'prisma' | 'pool' | 'tenancy'>;
  readonly now: () => Date;
}

export function createInstallationKeys({
  database,
  keyManagement,
  operatorKeys,
  now,
}: InstallationKeysDeps): InstallationKeys {
  const dataKeys = createDataKeyStore({ database, keyManagement });
  // They belong to the whole installation, whoever's work it is that has met one it does not know.
  const runAsSystem = <T>(work: () => Promise<T>) => database.tenancy.runAsSystem(work);
  const keyRing = createKeyRing({ read: () => runAsSystem(() => dataKeys.read()), now });
  return {
    dataKeys,
    keyRing,
    operatorKeys,
    async open() {
      // Before the first data key is made: with a wrong key it could never be unwrapped again.
      await runAsSystem(() => requireKnownKeys(database, operatorKeys));
      await keyRing.refresh();
    },
  };
}
