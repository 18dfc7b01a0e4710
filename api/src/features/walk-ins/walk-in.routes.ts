import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { SessionCookies } from '../../core/session-cookies.ts';
import type { WalkInService } from './walk-in.service.ts';

export interface WalkInRoutesDeps {
  readonly walkIns: WalkInService;
  readonly sessionCookies: SessionCookies;
}

export function bindWalkInEndpoints({ walkIns, sessionCookies }: WalkInRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(endpoints.walkIns, {
    enter: async (context, { params, body: { reason = null, guest, idempotencyKey } }) => {
      const introduced = guest ? { ...guest, phone: guest.phone ?? null } : null;
      const request = { slug: params.slug, reason, guest: introduced, idempotencyKey };
      const { visit, session } = await walkIns.enter(context, request);
      if (session) sessionCookies.write(context.setCookies, session.issued);
      return { visit, session: session && { me: session.me, tokens: null } };
    },
  });
}
