import { CSRF_COOKIE, endpoints } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { Csrf } from '../../core/csrf.ts';
import type { PublicContext } from '../../core/request-context.ts';
import type { DeliverSession } from '../../core/deliver-session.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE, type SessionCookies } from '../../core/session-cookies.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { PasswordResetService } from './password-reset.service.ts';
import { sessionIdOf, type SessionService } from './session.service.ts';
import type { SessionLimit } from './session-limit.ts';
import type { ConfirmationService } from './confirmation.service.ts';
import type { SecondStepService } from './second-step.service.ts';
import type { SignInService } from './sign-in.service.ts';

export interface AuthRoutesDeps {
  readonly signIns: SignInService;
  readonly secondStep: SecondStepService;
  readonly confirmations: ConfirmationService;
  readonly sessions: SessionService;
  readonly resets: PasswordResetService;
  readonly sessionCookies: Pick<SessionCookies, 'clear'>;
  readonly deliver: DeliverSession;
  readonly csrf: Csrf;
  readonly sessionLimit: SessionLimit;
}

/** What came in the place of a refresh token. */
type Presented = { readonly token: string | null } | 'notFromOurPage';

export function bindAuthEndpoints({
  signIns,
  secondStep,
  confirmations,
  sessions,
  resets,
  sessionCookies,
  deliver,
  csrf,
  sessionLimit,
}: AuthRoutesDeps): BoundEndpoint[] {
  /** The refresh token that a browser sent by itself; it counts only beside the header that our page sets. */
  function refreshCookie({ cookies, csrfHeader }: PublicContext): Presented {
    const token = cookies[REFRESH_COOKIE];
    const sessionId = token === undefined ? null : sessionIdOf(token);
    // One that names no session was never ours.
    if (token === undefined || sessionId === null) return { token: null };
    return csrf.isGood(cookies[CSRF_COOKIE], csrfHeader, sessionId) ? { token } : 'notFromOurPage';
  }

  /** Counted before it is used: a token that is used and then refused would be lost to its owner. */
  async function countedRefreshToken(context: PublicContext, inBody?: string): Promise<string | null> {
    const presented = inBody === undefined ? refreshCookie(context) : { token: inBody };
    await sessionLimit.count(presented === 'notFromOurPage' ? null : presented.token, context.ip);
    if (presented === 'notFromOurPage') throw sessionErrors.notFromOurPage();
    return presented.token;
  }

  return bindEndpoints(endpoints.auth, {
    login: async ({ ip, userAgent, requestId, setCookies }, { body }) => {
      const { email, password, organizationId, tokenDelivery } = body;
      const place = { ip, userAgent, requestId };
      const answer = await signIns.signIn({ email, password, organizationId, ...place });
      if (answer.kind === 'signedIn')
        return { kind: answer.kind, ...deliver(answer, tokenDelivery, setCookies) };
      const { kind, challenge, methods, expiresAt } = answer;
      return { kind, challenge, methods: [...methods], expiresAt: expiresAt.toISOString() };
    },

    loginSecondStep: async ({ ip, userAgent, requestId, setCookies }, { body }) => {
      const { challenge, tokenDelivery, ...proof } = body;
      const opened = await secondStep.finish({ challenge, proof, ip, userAgent, requestId });
      return deliver(opened, tokenDelivery, setCookies);
    },

    confirm: async (context, { body }) => {
      await confirmations.confirm(context, body);
      return undefined;
    },

    logout: async (context) => {
      const { actor, cookies, requestId, setCookies } = context;
      if (actor) await sessionLimit.countSession(actor.sessionId);
      const refreshToken = actor ? null : await countedRefreshToken(context);
      if (actor) await sessions.end(actor.sessionId, requestId);
      else if (refreshToken !== null) await sessions.endByRefreshToken(refreshToken, requestId);
      else if (cookies[ACCESS_COOKIE] !== undefined) throw sessionErrors.notFromOurPage();
      // Nobody is signed in, as far as can be seen. Another site's form arrives without our cookies, and
      // clearing them all the same would let it sign people out.
      else return undefined;
      sessionCookies.clear(setCookies);
      return undefined;
    },

    refreshToken: async (context, { body }) => {
      const { requestId, setCookies } = context;
      const token = await countedRefreshToken(context, body?.refreshToken);
      if (token === null) throw sessionErrors.notSignedIn();
      if (body?.refreshToken !== undefined) {
        return deliver(await sessions.refresh(token, requestId), 'body', setCookies);
      }
      const opened = await sessions.refresh(token, requestId).catch((error: unknown) => {
        // Only when it is over for good: a database that is away for a moment must not sign anyone out.
        if (error instanceof AppError) sessionCookies.clear(setCookies);
        throw error;
      });
      return deliver(opened, 'cookie', setCookies);
    },

    requestPasswordReset: async (_context, { body }) => {
      resets.request(body.email);
      return undefined;
    },

    checkPasswordReset: (_context, { body }) => resets.check(body.token),

    confirmPasswordReset: async ({ requestId }, { body }) => {
      await resets.confirm(body.token, body.newPassword, requestId);
      return undefined;
    },

    me: ({ actor }) => sessions.me(actor.sessionId),
  });
}
