import type { SessionId } from '@careconnect/contracts';
import { AppError, type Clock, type Logger } from '@careconnect/platform';
import { ExpiringIds } from '../../core/expiring-ids.ts';

/** A part of this process in which people are because they were signed in. */
export interface SessionHolder {
  /** Through which sessions people are here. */
  sessionIds(): readonly SessionId[];
  /** Tells whoever is here through this session that it is over, and lets them go. */
  endSession(sessionId: SessionId): void;
}

export interface LiveSessionsOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/** Longer than a ticket is good, and than an arrival can take. */
const REMEMBER_ENDED_MS = 120_000;

/** The sessions behind everyone who is connected: nobody stays here longer than they are signed in. */
export class LiveSessions {
  readonly #options: LiveSessionsOptions;
  readonly #holders: SessionHolder[] = [];
  readonly #ended: ExpiringIds;

  constructor(options: LiveSessionsOptions) {
    this.#options = options;
    this.#ended = new ExpiringIds(options.clock);
  }

  add(holder: SessionHolder): void {
    this.#holders.push(holder);
  }

  get ids(): SessionId[] {
    return [...new Set(this.#holders.flatMap((holder) => holder.sessionIds()))];
  }

  hasEnded(sessionId: SessionId): boolean {
    return this.#ended.has(sessionId);
  }

  /** A ticket may be older than the end of the session it was minted in. Errors: SESSION_EXPIRED. */
  requireLive(sessionId: SessionId): void {
    if (this.hasEnded(sessionId))
      throw new AppError('SESSION_EXPIRED', 'You were signed out. Please sign in again.');
  }

  /** Sends away everyone who is here through it. Doing so again is harmless. */
  end(sessionId: SessionId): void {
    const { clock, log } = this.#options;
    this.#ended.add(sessionId, clock.now().getTime() + REMEMBER_ENDED_MS);
    log.info({ sessionId }, 'session ended');
    for (const holder of this.#holders) holder.endSession(sessionId);
  }
}
