import type { SessionId } from '@careconnect/contracts';
import type { PushPort } from '../../core/push-port.ts';
import type { CachedSessionDirectory } from './session-directory.ts';

/** What follows the commit that has ended sessions. */
export interface EndedSessions {
  /** This node trusts them no longer, and signaling closes what was let in through them. */
  tell(sessionIds: readonly SessionId[]): void;
}

export interface EndedSessionsDeps {
  readonly directory: Pick<CachedSessionDirectory, 'forget'>;
  readonly pushes: Pick<PushPort, 'send'>;
}

export function createEndedSessions({ directory, pushes }: EndedSessionsDeps): EndedSessions {
  return {
    tell(sessionIds) {
      for (const sessionId of sessionIds) directory.forget(sessionId);
      pushes.send(sessionIds.map((sessionId) => ({ type: 'session.ended', sessionId })));
    },
  };
}
