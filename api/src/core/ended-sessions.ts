import type { SessionId } from '@careconnect/contracts';

/** What follows the commit that has ended sessions. */
export interface EndedSessions {
  /** This node trusts them no longer, and signaling closes what was let in through them. */
  tell(sessionIds: readonly SessionId[]): void;
}
