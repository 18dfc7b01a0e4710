import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { OwnSessionService } from './own-session.service.ts';

export function bindOwnSessionEndpoints(sessions: OwnSessionService): BoundEndpoint[] {
  return bindEndpoints(endpoints.sessions, {
    list: async (context) => ({ sessions: await sessions.list(context) }),
    end: async (context, { params }) => {
      await sessions.end(context, params.sessionId);
      return undefined;
    },
    endOthers: async (context) => ({ ended: await sessions.endOthers(context) }),
  });
}
