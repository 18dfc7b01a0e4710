import { hash } from '@node-rs/argon2';
import type { Database } from './client.ts';
import { createDemoClinic, DEMO_SLUG } from './demo-clinic.ts';
import { createDemoConsents } from './demo-consents.ts';
import { createDemoHistory } from './demo-history.ts';
import { createFieldCipher, type CipherKeys } from './field-cipher.ts';
import { createPatientContacts } from './patient-contact.ts';

/** As api hashes passwords (OWASP's parameters for argon2id). */
const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const TIMEOUT_MS = 30_000;
/** Any number, as long as nothing else in the database locks on it. */
const LOCK_KEY = 4_120_771_302;

export interface SeedDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly keys: CipherKeys;
  readonly now: Date;
}

/** Makes the demo clinic, whole or not at all. Answers false when the database has it already. */
export function seedDemo({ database, keys, now }: SeedDeps): Promise<boolean> {
  const cipher = createFieldCipher(keys);
  const contacts = createPatientContacts({ cipher, keyRing: keys.keyRing });
  return database.prisma.$transaction(
    async (tx) => {
      // A second start at the same moment waits here and then finds the clinic.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_KEY}::bigint)`;
      if (await tx.organization.findUnique({ where: { slug: DEMO_SLUG } })) return false;
      const deps = {
        tx,
        cipher,
        contacts,
        hashPassword: (password: string) => hash(password, ARGON2_OPTIONS),
      };
      const clinic = await createDemoClinic(deps);
      await createDemoConsents(tx, clinic.organizationId, now);
      await createDemoHistory(deps, clinic, now);
      return true;
    },
    { timeout: TIMEOUT_MS },
  );
}
