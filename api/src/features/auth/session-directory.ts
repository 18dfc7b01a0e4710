import type { SessionId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor } from '../../core/actor.ts';
import type { SessionDirectory } from '../../core/authentication.ts';
import type { SessionRepository } from './session.repository.ts';

/** A block, a changed role or a sign-out on another node counts after this at the latest. */
const TRUST_MS = 5_000;
const MAX_REMEMBERED = 20_000;

export interface CachedSessionDirectory extends SessionDirectory {
  /** What this node itself has ended counts at once. */
  forget(sessionId: SessionId): void;
}

export interface SessionDirectoryDeps {
  readonly sessions: Pick<SessionRepository, 'findLive'>;
  readonly clock: Clock;
}

/** Asks the database about a session once in a while, and not once a request. */
export function createSessionDirectory({ sessions, clock }: SessionDirectoryDeps): CachedSessionDirectory {
  const known = new Map<SessionId, { actor: Promise<Actor | null>; until: number }>();

  async function look(sessionId: SessionId, now: Date): Promise<Actor | null> {
    const record = await sessions.findLive(sessionId, now);
    return record?.actor ?? null;
  }

  return {
    actorOf(sessionId) {
      const now = clock.now();
      const found = known.get(sessionId);
      if (found && found.until > now.getTime()) return found.actor;
      const actor = look(sessionId, now);
      // Deleted first, so that the map's order is that of the last look-up.
      known.delete(sessionId);
      known.set(sessionId, { actor, until: now.getTime() + TRUST_MS });
      // A database that was away for a moment is asked again by the next request.
      actor.catch(() => known.delete(sessionId));
      const [oldest] = known.keys();
      if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest);
      return actor;
    },
    forget: (sessionId) => void known.delete(sessionId),
  };
}
