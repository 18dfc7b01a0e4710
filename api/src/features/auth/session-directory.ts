import type { SessionId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor } from '../../core/actor.ts';
import type { SessionDirectory } from '../../core/authentication.ts';
import type { SessionRepository } from './session.repository.ts';

/** A block, a changed role or a sign-out on another node counts after this at the latest. */
const TRUST_MS = 5_000;
const MAX_REMEMBERED = 20_000;
/** Signs of life are stored no finer than this. */
const TOUCH_EVERY_MS = 60_000;

export interface CachedSessionDirectory extends SessionDirectory {
  /** What this node itself has ended counts at once. */
  forget(sessionId: SessionId): void;
}

export interface SessionDirectoryDeps {
  readonly sessions: Pick<SessionRepository, 'findLive' | 'touch'>;
  readonly clock: Clock;
}

/** Asks the database about a session once in a while, and not once a request. */
export function createSessionDirectory({ sessions, clock }: SessionDirectoryDeps): CachedSessionDirectory {
  const known = new Map<SessionId, { actor: Promise<Actor | null>; until: number }>();

  async function look(sessionId: SessionId, seenAt: Date | null, now: Date): Promise<Actor | null> {
    const record = await sessions.findLive(sessionId, now);
    if (!record) return null;
    const sinceLast = (seenAt?.getTime() ?? 0) - record.lastSeenAt.getTime();
    if (seenAt && sinceLast >= TOUCH_EVERY_MS) await sessions.touch(sessionId, seenAt);
    return record.actor;
  }

  function ask(sessionId: SessionId, seenAt: Date | null): Promise<Actor | null> {
    const now = clock.now();
    const actor = look(sessionId, seenAt, now);
    // Deleted first, so that the map's order is that of the last look-up.
    known.delete(sessionId);
    known.set(sessionId, { actor, until: now.getTime() + TRUST_MS });
    // A database that was away for a moment is asked again by the next request.
    actor.catch(() => known.delete(sessionId));
    const [oldest] = known.keys();
    if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest);
    return actor;
  }

  return {
    actorOf(sessionId, seenAt) {
      const found = known.get(sessionId);
      return found && found.until > clock.now().getTime() ? found.actor : ask(sessionId, seenAt);
    },
    freshActorOf: (sessionId) => ask(sessionId, null),
    forget: (sessionId) => void known.delete(sessionId),
  };
}
