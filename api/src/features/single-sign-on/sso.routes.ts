import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { DeliverSession } from '../../core/deliver-session.ts';
import type { AttemptCookie } from './attempt-cookie.ts';
import type { SsoSetupService } from './sso-setup.service.ts';
import type { SsoSignInService } from './sso-sign-in.service.ts';

export interface SsoRoutesDeps {
  readonly setup: SsoSetupService;
  readonly signIns: SsoSignInService;
  readonly attemptCookie: AttemptCookie;
  readonly deliver: DeliverSession;
}

export function bindSingleSignOnEndpoints({
  setup,
  signIns,
  attemptCookie,
  deliver,
}: SsoRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(endpoints.singleSignOn, {
    get: (context) => setup.get(context),
    put: (context, { body }) => setup.replace(context, body),
    remove: async (context) => {
      await setup.remove(context);
      return undefined;
    },
    look: (_context, { params }) => signIns.look(params.clinic),
    begin: async ({ setCookies }, { params, body }) => {
      const { authorizationUrl, browserToken } = await signIns.begin(params.clinic, body.isFresh);
      attemptCookie.write(setCookies, browserToken);
      return { authorizationUrl };
    },
    finish: async ({ cookies, setCookies, ip, userAgent, requestId }, { params, body }) => {
      const browserToken = attemptCookie.read(cookies);
      const back = { ...params, ...body, browserToken, ip, userAgent, requestId };
      const answer = await signIns.finish(back);
      attemptCookie.clear(setCookies);
      if (answer.kind === 'signedIn') return { kind: answer.kind, ...deliver(answer, 'cookie', setCookies) };
      const { kind, challenge, methods, expiresAt } = answer;
      return { kind, challenge, methods: [...methods], expiresAt: expiresAt.toISOString() };
    },
  });
}
