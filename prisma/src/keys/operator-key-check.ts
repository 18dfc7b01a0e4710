import type { OperatorKeys } from '../aes-gcm.ts';
import type { Database } from '../client.ts';
import { createOperatorCipher, type OperatorCipher } from '../operator-cipher.ts';
import { KeyManagementError } from './key-management.ts';

interface KnownKey {
  readonly version: number;
  readonly cipher: OperatorCipher;
}

const FIELD = 'encryption_key.known_text';
const KNOWN_TEXT = 'CareConnect';
/** The known text belongs to no organization. */
const OWNER = 'server';
/** One damaged value among them says nothing about the key. */
const SAMPLE_SIZE = 5;

/**
 * Remembers each key of `FIELD_ENCRYPTION_KEY` at its first use, and afterwards takes no other for its version.
 * @throws {KeyManagementError}
 */
export async function requireKnownKeys(
  { prisma }: Pick<Database, 'prisma'>,
  operatorKeys: OperatorKeys,
): Promise<void> {
  for (const entry of operatorKeys) {
    await requireKnownKey(prisma, { version: entry[0], cipher: createOperatorCipher([entry]) });
  }
}

async function requireKnownKey(prisma: Database['prisma'], key: KnownKey): Promise<void> {
  const where = { version: key.version };
  if ((await prisma.encryptionKey.count({ where })) === 0) await remember(prisma, key);
  const { knownText } = await prisma.encryptionKey.findUniqueOrThrow({ where });
  if (!opens(() => key.cipher.decrypt(FIELD, OWNER, knownText)))
    throw KeyManagementError.wrongKey(key.version);
}

async function remember(prisma: Database['prisma'], key: KnownKey): Promise<void> {
  if (!(await opensWhatIsWritten(prisma, key))) throw KeyManagementError.wrongKey(key.version);
  const knownText = key.cipher.encrypt(FIELD, OWNER, KNOWN_TEXT);
  // Two nodes may start at once: whoever comes second is held to the key of the first.
  await prisma.encryptionKey.createMany({
    data: { version: key.version, knownText },
    skipDuplicates: true,
  });
}

/** For a database from before keys were remembered: what is written in it tells. */
async function opensWhatIsWritten(
  prisma: Database['prisma'],
  { version, cipher }: KnownKey,
): Promise<boolean> {
  const written = await prisma.visit.findMany({
    where: { reason: { startsWith: `v${version}.` } },
    select: { organizationId: true, reason: true },
    orderBy: { id: 'desc' },
    take: SAMPLE_SIZE,
  });
  return (
    written.length === 0 ||
    written.some(({ organizationId, reason }) =>
      opens(() => cipher.decrypt('visit.reason', organizationId, reason ?? '')),
    )
  );
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
