import type { Database } from '@careconnect/prisma';

/** What is swept when it has run out, as operators read of it. */
export const SWEPT = [
  'identityLink',
  'passwordReset',
  'signInChallenge',
  'webauthnChallenge',
  'sentCode',
  'session',
  'qualitySample',
  'heldRecord',
] as const;
export type Swept = (typeof SWEPT)[number];

export interface RetentionRepository {
  /** Takes some of those away that ran out before, and answers how many. Several nodes may do so at once. */
  removeSome(what: Swept, before: Date): Promise<number>;
}

/** Small enough that nobody waits for a lock, or for the disk. */
const BATCH = 1_000;

/** The rows of a table that have run out before `$1`, and that nobody else is taking away. */
function removal(table: string, key: string, condition: string): string {
  return `
    DELETE FROM ${table} WHERE (${key}) IN (
      SELECT ${key} FROM ${table} swept WHERE ${condition} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
}

const RUN_OUT = '(expires_at < $1 OR used_at < $1)';

/** Of somebody's sign-ins in an organization the last is kept: it tells when they were last here. */
const ENDED_AND_FOLLOWED = `(expires_at < $1 OR revoked_at < $1) AND EXISTS (
  SELECT FROM session newer
   WHERE newer.user_id = swept.user_id AND newer.organization_id = swept.organization_id
     AND (newer.last_seen_at, newer.id) > (swept.last_seen_at, swept.id))`;

const REMOVALS: Readonly<Record<Swept, string>> = {
  identityLink: removal('identity_link', 'id', RUN_OUT),
  passwordReset: removal('password_reset', 'id', RUN_OUT),
  signInChallenge: removal('sign_in_challenge', 'id', RUN_OUT),
  webauthnChallenge: removal('webauthn_challenge', 'id', RUN_OUT),
  sentCode: removal('sent_code', 'id', RUN_OUT),
  // With their refresh tokens.
  session: removal('session', 'id', ENDED_AND_FOLLOWED),
  qualitySample: removal('quality_sample', 'seat_id, idempotency_key', 'at < $1'),
  // Its files follow, when nobody else has them.
  heldRecord: removal('held_record', 'id', 'held_until < $1::date'),
};

export function createRetentionRepository({ pool }: Pick<Database, 'pool'>): RetentionRepository {
  return {
    async removeSome(what, before) {
      return (await pool.query(REMOVALS[what], [before])).rowCount ?? 0;
    },
  };
}
