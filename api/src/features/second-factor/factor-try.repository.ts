import type { CodeChannel } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { prepared } from '../../core/prepared.ts';

const FREE_TRIES = 5;
/** Whoever guesses has the password: at four tries an hour and three codes that are good, a year finds one with 10 %. */
const LONGEST_WAIT_SECONDS = 900;

export interface CountedTotpTry {
  readonly credentialId: string;
  readonly secret: string;
}

/** Decides over tries of codes, for all nodes at once. */
export interface FactorTryRepository {
  /** Counts a try as failed before its code is looked at. `waitMs` when it is too early; null without an app. */
  countTotp(userId: string, now: Date): Promise<CountedTotpTry | { readonly waitMs: number } | null>;
  /** Forgives the failed tries. False, and nothing is forgiven, when this code or a later one was taken before. */
  takeTotp(credentialId: string, step: number): Promise<boolean>;
  /** The same for codes that are sent. Null for somebody who is not asked for them. */
  countSent(
    userId: string,
    channel: CodeChannel,
    now: Date,
  ): Promise<{ readonly factorId: string } | { readonly waitMs: number } | null>;
  forgiveSent(factorId: string): Promise<void>;
  /** False for a code that is not theirs or was taken before. */
  takeRecoveryCode(userId: string, codeHash: Buffer, now: Date): Promise<boolean>;
}

const WAIT = `LEAST(power(2, LEAST(failed_count, 30) - ${FREE_TRIES}), ${LONGEST_WAIT_SECONDS}) * interval '1 second'`;
const OPENS_AT = `CASE WHEN failed_count < ${FREE_TRIES} THEN '-infinity' ELSE last_failed_at + ${WAIT} END`;

const countTry = prepared<{ credentialId: string; secret: string }>(
  'factor-try.count',
  `UPDATE totp_credential SET failed_count = failed_count + 1, last_failed_at = $2
    WHERE user_id = $1 AND confirmed_at IS NOT NULL AND ${OPENS_AT} <= $2
   RETURNING id AS "credentialId", secret`,
);
const selectWait = prepared<{ waitMs: number }>(
  'factor-try.wait',
  `SELECT ceil(extract(epoch FROM ${OPENS_AT} - $2::timestamptz) * 1000)::float8 AS "waitMs"
     FROM totp_credential WHERE user_id = $1 AND confirmed_at IS NOT NULL`,
);
const countSentTry = prepared<{ factorId: string }>(
  'factor-try.count-sent',
  `UPDATE code_factor SET failed_count = failed_count + 1, last_failed_at = $3
    WHERE user_id = $1 AND channel = $2::code_channel AND ${OPENS_AT} <= $3 RETURNING id AS "factorId"`,
);
const selectSentWait = prepared<{ waitMs: number }>(
  'factor-try.wait-sent',
  `SELECT ceil(extract(epoch FROM ${OPENS_AT} - $3::timestamptz) * 1000)::float8 AS "waitMs"
     FROM code_factor WHERE user_id = $1 AND channel = $2::code_channel`,
);
const forgiveSentTries = prepared(
  'factor-try.forgive-sent',
  'UPDATE code_factor SET failed_count = 0, last_failed_at = NULL WHERE id = $1',
);
const takeStep = prepared<{ id: string }>(
  'factor-try.take',
  `UPDATE totp_credential SET failed_count = 0, last_failed_at = NULL, last_used_step = $2
    WHERE id = $1 AND (last_used_step IS NULL OR last_used_step < $2) RETURNING id`,
);
const takeCode = prepared<{ id: string }>(
  'factor-try.recovery',
  `UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING id`,
);

export interface FactorTryRepositoryDeps {
  readonly database: Pick<Database, 'pool'>;
  readonly cipher: Pick<FieldCipher, 'decrypt'>;
}

export function createFactorTryRepository({
  database: { pool },
  cipher,
}: FactorTryRepositoryDeps): FactorTryRepository {
  return {
    async countTotp(userId, now) {
      const [counted] = await countTry(pool, [userId, now]);
      if (counted) {
        const { credentialId } = counted;
        const owner = { organizationId: userId, id: credentialId };
        return { credentialId, secret: cipher.decrypt('totp_credential.secret', owner, counted.secret) };
      }
      const [refused] = await selectWait(pool, [userId, now]);
      return refused ? { waitMs: Math.max(1, refused.waitMs) } : null;
    },

    async countSent(userId, channel, now) {
      const [counted] = await countSentTry(pool, [userId, channel, now]);
      if (counted) return counted;
      const [refused] = await selectSentWait(pool, [userId, channel, now]);
      return refused ? { waitMs: Math.max(1, refused.waitMs) } : null;
    },

    async forgiveSent(factorId) {
      await forgiveSentTries(pool, [factorId]);
    },

    async takeTotp(credentialId, step) {
      return (await takeStep(pool, [credentialId, step])).length > 0;
    },

    async takeRecoveryCode(userId, codeHash, now) {
      return (await takeCode(pool, [userId, codeHash, now])).length > 0;
    },
  };
}
