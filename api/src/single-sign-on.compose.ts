import type { AccountNotices } from './core/account-notices.ts';
import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { Background } from './core/background.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { DeliverSession } from './core/deliver-session.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import type { EndedSessions } from './core/ended-sessions.ts';
import type { FieldCipher } from './core/field-cipher.ts';
import type { FinishSignIn } from './core/finish-sign-in.ts';
import { createAttemptCookie } from './features/single-sign-on/attempt-cookie.ts';
import { createAttemptSecrets } from './features/single-sign-on/attempt-secrets.ts';
import { createIdentityProviders } from './features/single-sign-on/identity-provider.ts';
import { createSsoAdmissionRepository } from './features/single-sign-on/sso-admission.repository.ts';
import { createSsoAttemptRepository } from './features/single-sign-on/sso-attempt.repository.ts';
import { createSsoConnectionRepository } from './features/single-sign-on/sso-connection.repository.ts';
import { createSsoSetupService } from './features/single-sign-on/sso-setup.service.ts';
import { createSsoSignInService } from './features/single-sign-on/sso-sign-in.service.ts';
import { bindSingleSignOnEndpoints } from './features/single-sign-on/sso.routes.ts';

export interface SingleSignOnDeps
  extends
    Pick<ApiEdge, 'database' | 'clock' | 'fetchOutbound'>,
    Pick<ApiOptions, 'publicOrigin' | 'isCookieSecure' | 'accessTokenSecret'> {
  readonly background: Background;
  readonly cipher: FieldCipher;
  readonly deliver: DeliverSession;
  readonly ended: EndedSessions;
  readonly finishSignIn: FinishSignIn;
  readonly notices: AccountNotices;
}

/** Signing in with an organization's own identity provider. */
export function composeSingleSignOn(deps: SingleSignOnDeps): BoundEndpoint[] {
  const { database, cipher, clock, background, deliver, ended, notices, publicOrigin } = deps;
  const connections = createSsoConnectionRepository({ database, cipher });
  const providers = createIdentityProviders(deps.fetchOutbound);
  return bindSingleSignOnEndpoints({
    setup: createSsoSetupService({ connections, providers, ended, clock, publicOrigin }),
    signIns: createSsoSignInService({
      connections,
      attempts: createSsoAttemptRepository(database),
      admissions: createSsoAdmissionRepository(database),
      providers,
      secretsOf: createAttemptSecrets(deps.accessTokenSecret),
      finish: deps.finishSignIn,
      ended,
      notices,
      audit: createAuditTrail(database),
      background,
      clock,
      publicOrigin,
    }),
    attemptCookie: createAttemptCookie({ isSecure: deps.isCookieSecure }),
    deliver,
  });
}
