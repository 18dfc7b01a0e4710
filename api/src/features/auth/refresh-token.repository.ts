import type { SessionId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { prepared } from '../../core/prepared.ts';
import { REFRESH_GRACE_MS, REFRESH_IDLE_TTL_MS, type Rotation } from './session.ts';

export interface RefreshTokenRepository {
  /** The session that a token belongs to, used or not; null for one that is not ours. */
  findSession(hash: Buffer): Promise<SessionId | null>;
  /** Marks a token as used and stores its successor, or tells why not. */
  rotate(hash: Buffer, successorHash: Buffer, now: Date): Promise<Rotation>;
}

interface RotatedRow {
  readonly sessionId: SessionId;
  readonly refreshExpiresAt: Date;
}

interface PresentedRow {
  readonly sessionId: SessionId;
  readonly usedAt: Date | null;
  readonly isOver: boolean;
  readonly refreshExpiresAt: Date;
}

// One statement, so two tabs that present the same token are decided by the row: the second waits for
// the first and then finds it used.
const rotateUnused = prepared<RotatedRow>(
  'refresh-token.rotate',
  `WITH used AS (
     UPDATE refresh_token t SET used_at = $3
       FROM session s
      WHERE t.token_hash = $1 AND t.used_at IS NULL AND t.expires_at > $3
        AND s.id = t.session_id AND s.revoked_at IS NULL AND s.expires_at > $3
     RETURNING t.session_id, LEAST($4::timestamptz, s.expires_at) AS expires_at
   )
   INSERT INTO refresh_token (session_id, token_hash, created_at, expires_at)
   SELECT session_id, $2, $3, expires_at FROM used
   RETURNING session_id AS "sessionId", expires_at AS "refreshExpiresAt"`,
);

const selectPresented = prepared<PresentedRow>(
  'refresh-token.presented',
  `SELECT t.session_id AS "sessionId", t.used_at AS "usedAt",
          (s.revoked_at IS NOT NULL OR s.expires_at <= $2) AS "isOver",
          LEAST($3::timestamptz, s.expires_at) AS "refreshExpiresAt"
     FROM refresh_token t JOIN session s ON s.id = t.session_id
    WHERE t.token_hash = $1`,
);

const selectSession = prepared<{ sessionId: SessionId }>(
  'refresh-token.session',
  'SELECT session_id AS "sessionId" FROM refresh_token WHERE token_hash = $1',
);

export function createRefreshTokenRepository({ pool }: Pick<Database, 'pool'>): RefreshTokenRepository {
  return {
    async findSession(hash) {
      const [token] = await selectSession(pool, [hash]);
      return token?.sessionId ?? null;
    },

    async rotate(hash, successorHash, now) {
      const expiresAt = new Date(now.getTime() + REFRESH_IDLE_TTL_MS);
      const [rotated] = await rotateUnused(pool, [hash, successorHash, now, expiresAt]);
      if (rotated) return { kind: 'rotated', ...rotated };
      const [presented] = await selectPresented(pool, [hash, now, expiresAt]);
      return presented ? judge(presented, now) : { kind: 'unknown' };
    },
  };
}

function judge({ sessionId, usedAt, isOver, refreshExpiresAt }: PresentedRow, now: Date): Rotation {
  if (isOver || usedAt === null) return { kind: 'unknown' };
  const isWithinGrace = now.getTime() - usedAt.getTime() <= REFRESH_GRACE_MS;
  return isWithinGrace ? { kind: 'repeated', sessionId, refreshExpiresAt } : { kind: 'reused', sessionId };
}
