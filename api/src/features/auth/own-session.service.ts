import type { OwnSession, SessionId } from '@careconnect/contracts';
import { AppError, type Clock } from '@careconnect/platform';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { OwnSessionRepository, StoredSession } from './own-session.repository.ts';

export interface OwnSessionServiceDeps {
  readonly ownSessions: OwnSessionRepository;
  readonly ended: EndedSessions;
  readonly clock: Clock;
}

export interface OwnSessionService {
  list(caller: Caller): Promise<OwnSession[]>;
  /** Errors: NOT_FOUND for a session of somebody else. */
  end(caller: Caller, sessionId: SessionId): Promise<void>;
  /** Answers with how many were ended. */
  endOthers(caller: Caller): Promise<number>;
}

/** Where a person is signed in, in all their organizations: a password that leaked opens all of them. */
export function createOwnSessionService({
  ownSessions,
  ended,
  clock,
}: OwnSessionServiceDeps): OwnSessionService {
  const auditOf = (caller: Caller) => (sessionId: SessionId) =>
    personAudit(caller, clock.now(), {
      action: 'auth.signOut',
      entityType: 'session',
      entityId: sessionId,
      patientId: null,
      detail: { reason: 'signed out from another device' },
    });

  async function end(caller: Caller, which: Parameters<OwnSessionRepository['end']>[1]): Promise<number> {
    const endedIds = await ownSessions.end(caller.actor.userId, which, auditOf(caller));
    if (!endedIds)
      throw new AppError('NOT_FOUND', 'There is no such device. Reload the page to see the list as it is.');
    ended.tell(endedIds);
    return endedIds.length;
  }

  return {
    async list({ actor }) {
      const stored = await ownSessions.list(actor.userId, clock.now());
      return stored.map((session) => toView(session, actor.sessionId));
    },
    async end(caller, sessionId) {
      await end(caller, { only: sessionId });
    },
    endOthers: (caller) => end(caller, { allBut: caller.actor.sessionId }),
  };
}

function toView(
  { createdAt, lastSeenAt, methods, ...session }: StoredSession,
  current: SessionId,
): OwnSession {
  return {
    id: session.id,
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    isCurrent: session.id === current,
    signedInAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    hasSecondFactor: methods.length > 1 || methods.includes('passkey'),
  };
}
