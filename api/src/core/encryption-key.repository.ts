import { ConfigError } from '@careconnect/platform';
import { createSingleKeyCiphers, type Database, type FieldCipher } from '@careconnect/prisma';

/** Holds the keys that api is given to those that the database was written with. */
export interface EncryptionKeys {
  /**
   * Remembers each key at its first use, and afterwards takes no other for its version. Asks the database
   * until it has once succeeded.
   * @throws {ConfigError} with the sentence for whoever set the key
   */
  verify(): Promise<void>;
}

type KeyedCipher = ReturnType<typeof createSingleKeyCiphers>[number];

const FIELD = 'encryption_key.known_text';
const KNOWN_TEXT = 'CareConnect';
/** The known text belongs to no organization. */
const OWNER = 'server';
/** One damaged value among them says nothing about the key. */
const SAMPLE_SIZE = 5;

export function createEncryptionKeys(
  { prisma, tenancy }: Pick<Database, 'prisma' | 'tenancy'>,
  fieldEncryptionKey: string,
): EncryptionKeys {
  const ciphers = readKeys(fieldEncryptionKey);
  let isVerified = false;

  /** For a database from before keys were remembered: what is written in it tells. */
  async function opensWhatIsWritten({ version, cipher }: KeyedCipher): Promise<boolean> {
    const written = await prisma.visit.findMany({
      where: { reason: { startsWith: `v${version}.` } },
      select: { organizationId: true, reason: true },
      orderBy: { id: 'desc' },
      take: SAMPLE_SIZE,
    });
    return (
      written.length === 0 ||
      written.some(({ organizationId, reason }) =>
        opens(() => cipher.decrypt('visit.reason', organizationId, reason)),
      )
    );
  }

  async function remember(key: KeyedCipher): Promise<void> {
    if (!(await opensWhatIsWritten(key))) throw wrongKey(key.version);
    const knownText = key.cipher.encrypt(FIELD, OWNER, KNOWN_TEXT);
    // Two nodes may start at once: whoever comes second is held to the key of the first.
    await prisma.encryptionKey.createMany({
      data: { version: key.version, knownText },
      skipDuplicates: true,
    });
  }

  async function verifyOne(key: KeyedCipher): Promise<void> {
    const where = { version: key.version };
    if ((await prisma.encryptionKey.count({ where })) === 0) await remember(key);
    const { knownText } = await prisma.encryptionKey.findFirstOrThrow({ where });
    if (!opensKnownText(key.cipher, knownText)) throw wrongKey(key.version);
  }

  return {
    async verify() {
      if (isVerified) return;
      await tenancy.runAsSystem(async () => {
        for (const key of ciphers) await verifyOne(key);
      });
      isVerified = true;
    },
  };
}

function readKeys(fieldEncryptionKey: string): KeyedCipher[] {
  try {
    return createSingleKeyCiphers(fieldEncryptionKey);
  } catch (cause) {
    throw new ConfigError((cause as Error).message, { cause });
  }
}

function opensKnownText(cipher: FieldCipher, stored: string): boolean {
  return opens(() => cipher.decrypt(FIELD, OWNER, stored));
}

/** What opens is right: nothing that was written with another key passes its authentication. */
function opens(decrypt: () => unknown): boolean {
  try {
    decrypt();
    return true;
  } catch {
    return false;
  }
}

function wrongKey(version: number): ConfigError {
  return new ConfigError(
    `FIELD_ENCRYPTION_KEY is not the key that this database was written with (version ${version}). ` +
      'Every clinical text would be unreadable, so api does not start. Set the key back, or restore it from your backup of the secrets.',
  );
}
