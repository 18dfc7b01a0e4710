import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { PushPort } from '../../core/push-port.ts';
import type { CachedSessionDirectory } from './session-directory.ts';

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
