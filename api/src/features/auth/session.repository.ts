import type { SessionId } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditAction, type AuditEntry, type AuditRow } from '../../core/audit.ts';
import type { Actor } from '../../core/actor.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { prepared } from '../../core/prepared.ts';
import { REACH } from '../../core/reach.repository.ts';
import { sqlNames } from '../../core/sql-names.ts';
import { isShutOut, requireOpen } from '../../core/suspension.repository.ts';
import { UNDER_WAY, VISIT_LASTS_HOURS } from '../../core/suspension.ts';
import type { NewSession, SessionRecord } from './session.ts';

export interface SessionRepository {
  /**
   * Stores the session with its first refresh token and its audit row. False when the person's password has
   * been replaced since it was looked at. Errors: ORGANIZATION_SUSPENDED.
   */
  create(session: NewSession, tokens: FirstToken, requestId: string, now: Date): Promise<boolean>;
  /**
   * Null when the session is over, or the membership behind it is, or nobody has been there for longer than the
   * organization allows. Nobody is signed out of a visit, and a guest, who could not come back, not at all. Of a
   * suspended organization those alone are left whose visit goes on.
   */
  findLive(sessionId: SessionId, now: Date): Promise<SessionRecord | null>;
  /** Remembers a sign of life; an earlier one than the last changes nothing. */
  touch(sessionId: SessionId, seenAt: Date): Promise<void>;
  /**
   * Those of these that were revoked, whose membership is no longer active, or whose organization is suspended while
   * they are in no visit that goes on. Running out is not being ended.
   */
  findEnded(sessionIds: readonly SessionId[], now: Date): Promise<SessionId[]>;
  /** The person has proved again who they are. */
  confirm(sessionId: SessionId, audit: AuditRow): Promise<void>;
  /** Ends one session. Ending it again changes nothing. */
  revoke(sessionId: SessionId, reason: string, requestId: string, now: Date): Promise<void>;
}

export interface FirstToken {
  readonly sessionId: SessionId;
  readonly hash: Buffer<ArrayBuffer>;
  readonly sessionExpiresAt: Date;
  readonly refreshExpiresAt: Date;
}

interface LiveRow extends Omit<Actor, 'actsAs'> {
  readonly organizationName: string;
  readonly organizationSlug: string;
  readonly timeZone: string;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
  readonly idleTimeoutMinutes: number;
}

const MUST_SET_UP = `(m.role <> 'patient' AND o.staff_second_factor = 'required'
  AND NOT 'ssoFactor' = ANY (s.methods) AND NOT EXISTS (
  SELECT 1 FROM totp_credential t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL
  UNION ALL
  SELECT 1 FROM passkey k WHERE k.user_id = u.id
  UNION ALL
  SELECT 1 FROM code_factor c WHERE c.user_id = u.id AND o.staff_sent_codes = 'allowed'))`;
const IS_TODAY = `GREATEST(v.waiting_since, v.started_at) > $2 - interval '${VISIT_LASTS_HOURS} hours'`;
const IS_IN_VISIT = `EXISTS (
  SELECT 1 FROM visit v
   WHERE v.patient_id = p.id AND v.state IN ('waiting', 'in_progress', 'on_hold') AND ${IS_TODAY}
  UNION ALL
  SELECT 1 FROM visit v WHERE v.practitioner_id = d.id AND v.state = 'in_progress' AND ${IS_TODAY}
  UNION ALL
  SELECT 1 FROM related_person r JOIN visit v ON v.patient_id = r.patient_id
   WHERE r.organization_id = s.organization_id AND r.user_id = s.user_id AND r.status = 'active'
     AND v.state IN ('waiting', 'in_progress', 'on_hold') AND ${IS_TODAY})`;
/** Whoever is in one when their organization is suspended stays until it ends: a visit is not cut. */
const IS_IN_RUNNING_VISIT = `EXISTS (
  SELECT 1 FROM visit v
   WHERE (v.patient_id = p.id OR v.practitioner_id = d.id OR v.patient_id IN (
            SELECT r.patient_id FROM related_person r
             WHERE r.organization_id = s.organization_id AND r.user_id = s.user_id AND r.status = 'active'))
     AND v.state IN (${sqlNames(UNDER_WAY)})
     AND v.started_at > $2 - interval '${VISIT_LASTS_HOURS} hours')`;

const selectLive = prepared<LiveRow>(
  'session.live',
  `SELECT s.id AS "sessionId", s.expires_at AS "expiresAt", s.confirmed_at AS "confirmedAt",
          s.last_seen_at AS "lastSeenAt", o.idle_timeout_minutes AS "idleTimeoutMinutes", o.staff_second_factor AS "staffSecondFactor",
          o.staff_sent_codes AS "staffSentCodes",
          ${MUST_SET_UP} AS "mustSetUpSecondFactor", u.id AS "userId", u.name, u.email,
          u.is_guest AS "isGuest", m.id AS "membershipId", m.role, o.id AS "organizationId",
          o.name AS "organizationName", o.time_zone AS "timeZone",
          ${REACH} AS reach, p.id AS "patientId", d.id AS "practitionerId", o.slug AS "organizationSlug",
          o.suspended_at IS NOT NULL AS "isOrganizationSuspended",
          'sso' = ANY (s.methods) AS "isBySso", u.made_for_organization_id IS NOT NULL AS "isMadeBySso"
     FROM session s
     JOIN membership m ON m.organization_id = s.organization_id AND m.user_id = s.user_id AND m.status = 'active'
     JOIN user_account u ON u.id = s.user_id
     JOIN organization o ON o.id = s.organization_id
     LEFT JOIN patient p ON p.organization_id = s.organization_id AND p.user_id = s.user_id
     LEFT JOIN practitioner d ON d.organization_id = s.organization_id AND d.user_id = s.user_id AND m.role = 'doctor'
    WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2
      AND (o.suspended_at IS NULL OR ${IS_IN_RUNNING_VISIT})
      AND (u.is_guest OR s.last_seen_at > $2 - o.idle_timeout_minutes * interval '1 minute' OR ${IS_IN_VISIT})`,
);

const touch = prepared(
  'session.touch',
  'UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2',
);

export function createSessionRepository({ prisma, pool, tenancy }: Database): SessionRepository {
  return {
    create: (session, token, requestId, now) =>
      inTransaction(prisma, async (tx) => {
        const { userId, organizationId, ip, userAgent, passwordHash, methods, confirmedAt = now } = session;
        await requireOpen(tx, organizationId);
        if (passwordHash !== null && !(await holdPassword(tx, userId, passwordHash))) return false;
        const { membership } = await tx.session.create({
          data: {
            id: token.sessionId,
            userId,
            organizationId,
            ipAddress: ip,
            userAgent,
            methods: [...methods],
            createdAt: now,
            confirmedAt,
            lastSeenAt: now,
            expiresAt: token.sessionExpiresAt,
            refreshTokens: {
              create: { tokenHash: token.hash, createdAt: now, expiresAt: token.refreshExpiresAt },
            },
          },
          select: { membership: { select: { role: true } } },
        });
        const subject = { organizationId, userId, role: membership.role };
        await appendAudit(tx, {
          ...sessionEntry('auth.signIn', token.sessionId),
          detail: { methods: [...methods] },
          subject,
          requestId,
          at: now,
        });
        return true;
      }),

    async findLive(sessionId, now) {
      // Whose session it is, and so whose tenant, only this tells.
      const [row] = await tenancy.runAsSystem(() => selectLive(pool, [sessionId, now]));
      if (!row) return null;
      const { organizationName, organizationSlug, timeZone, ...rest } = row;
      const { expiresAt, lastSeenAt, idleTimeoutMinutes, ...actor } = rest;
      const organization = { organizationName, organizationSlug, timeZone };
      return {
        actor: { ...actor, actsAs: null },
        ...organization,
        expiresAt,
        lastSeenAt,
        idleTimeoutMinutes,
      };
    },

    async touch(sessionId, seenAt) {
      await tenancy.runAsSystem(() => touch(pool, [sessionId, seenAt]));
    },

    confirm: (sessionId, audit) =>
      inTransaction(prisma, async (tx) => {
        await tx.session.update({ where: { id: sessionId }, data: { confirmedAt: audit.at } });
        await appendAudit(tx, audit);
      }),

    async findEnded(sessionIds, now) {
      const isEnded: Prisma.SessionWhereInput[] = [
        { revokedAt: { not: null } },
        { membership: { status: { not: 'active' } } },
        { membership: isShutOut(now) },
      ];
      const ended = await prisma.session.findMany({
        where: { id: { in: [...sessionIds] }, OR: isEnded },
        select: { id: true },
      });
      return ended.map(({ id }) => id as SessionId);
    },

    async revoke(sessionId, reason, requestId, now) {
      await inTransaction(prisma, async (tx) => {
        const [ended] = await tx.session.updateManyAndReturn({
          where: { id: sessionId, revokedAt: null },
          data: { revokedAt: now, revokeReason: reason },
          include: { membership: { select: { role: true } } },
        });
        if (!ended) return;
        const { organizationId, userId, membership } = ended;
        const subject = { organizationId, userId, role: membership.role };
        const entry = { ...sessionEntry('auth.signOut', sessionId), detail: { reason } };
        await appendAudit(tx, { ...entry, subject, requestId, at: now });
      });
    },
  };
}

/**
 * Whether it is still the person's, and stays so until the session is stored: whoever replaces the password then
 * ends this session with the others.
 */
async function holdPassword(tx: Prisma.TransactionClient, userId: string, hash: string): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM user_account WHERE id = ${userId}::uuid AND password_hash = ${hash} FOR SHARE`;
  return held.length > 0;
}

function sessionEntry(action: AuditAction, sessionId: SessionId): AuditEntry {
  return { action, entityType: 'session', entityId: sessionId, patientId: null };
}
