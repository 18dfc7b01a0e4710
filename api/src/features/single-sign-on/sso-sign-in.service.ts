import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { Background } from '../../core/background.ts';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { FinishSignIn, SignedInOrAsked } from '../../core/finish-sign-in.ts';
import { hashOpaqueToken, newOpaqueToken } from '../../core/opaque-token.ts';
import type { AttemptSecrets } from './attempt-secrets.ts';
import { hasSecondFactor, isEmailVerified, nameOf, postOf, provenAt, type IdClaims } from './id-claims.ts';
import type { IdentityProviders } from './identity-provider.ts';
import { refusedArrival } from './refused-arrival.ts';
import type { SsoAdmissionRepository } from './sso-admission.repository.ts';
import type { SsoAttemptRepository } from './sso-attempt.repository.ts';
import { addressesOf, type StoredConnection } from './sso-connection.ts';
import type { SsoConnectionRepository } from './sso-connection.repository.ts';
import { ssoErrors } from './sso.errors.ts';

/** Long enough to find the phone that the provider asks for. */
export const ATTEMPT_TTL_MS = 10 * 60_000;

export interface BegunSignIn {
  readonly authorizationUrl: string;
  /** For the cookie that ties the sign-in to its browser. */
  readonly browserToken: string;
}

export interface SsoReturn {
  readonly clinic: string;
  /** The query that the browser has come back with. */
  readonly callback: string;
  readonly browserToken: string | undefined;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

export interface SsoSignInServiceDeps {
  readonly connections: Pick<SsoConnectionRepository, 'findOfClinic'>;
  readonly attempts: SsoAttemptRepository;
  readonly admissions: SsoAdmissionRepository;
  readonly providers: Pick<IdentityProviders, 'begin' | 'finish'>;
  readonly secretsOf: (browserToken: string) => AttemptSecrets;
  readonly finish: FinishSignIn;
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
  readonly audit: AuditTrail;
  readonly background: Background;
  readonly clock: Clock;
  readonly publicOrigin: string;
}

/** Errors of all: NOT_FOUND where the clinic has no provider, or there is no such clinic. */
export interface SsoSignInService {
  look(clinic: string): Promise<{ readonly clinicName: string }>;
  /** Errors: SSO_UNAVAILABLE. */
  begin(clinic: string, isFresh: boolean): Promise<BegunSignIn>;
  /** Errors: every `SSO_…` but that of an issuer. */
  finish(back: SsoReturn): Promise<SignedInOrAsked>;
}

/** Signing in with the identity provider of an organization, to that organization and no other. */
export function createSsoSignInService(deps: SsoSignInServiceDeps): SsoSignInService {
  const { connections, attempts, admissions, providers, secretsOf, audit, background, clock } = deps;

  async function getOfClinic(clinic: string) {
    const connection = await connections.findOfClinic(clinic);
    if (!connection) throw ssoErrors.notOffered();
    return connection;
  }

  /** Errors: SSO_EXPIRED, with what is wrong for the trail; without it where nobody has begun anything. */
  async function takeAttempt({ id }: StoredConnection, state: string, browserToken: string | undefined) {
    const browserHash = browserToken === undefined ? null : hashOpaqueToken(browserToken);
    const answered = { connectionId: id, stateHash: hashOpaqueToken(state), browserHash };
    const outcome = await attempts.take(answered, clock.now());
    if (outcome !== 'taken') throw ssoErrors.expired(outcome ?? undefined);
  }

  async function claimsOf(connection: StoredConnection, { clinic, callback, browserToken }: SsoReturn) {
    const state = new URLSearchParams(callback).get('state') ?? '';
    await takeAttempt(connection, state, browserToken);
    const { redirectUri } = addressesOf(deps.publicOrigin, clinic);
    const secrets = secretsOf(browserToken ?? '');
    return providers.finish(connection, { redirectUri, state, ...secrets, callback });
  }

  async function admit(connection: StoredConnection, claims: IdClaims, requestId: string) {
    const post = postOf(claims, connection);
    if (!post) throw ssoErrors.noRole();
    const admitted = await admissions.admit({
      organizationId: connection.organizationId,
      joining: connection.joining,
      issuer: claims.iss,
      subject: claims.sub,
      email: claims.email ?? null,
      isEmailVerified: isEmailVerified(claims),
      name: nameOf(claims),
      post,
      requestId,
      at: clock.now(),
    });
    deps.ended.tell(admitted.endedSessions);
    if (admitted.linked) deps.notices.tell(admitted.linked, 'singleSignOnLinked');
    return admitted;
  }

  return {
    async look(clinic) {
      const { clinicName } = await getOfClinic(clinic);
      return { clinicName };
    },

    async begin(clinic, isFresh) {
      const connection = await getOfClinic(clinic);
      const [state, browserToken] = [newOpaqueToken(), newOpaqueToken()];
      const { redirectUri } = addressesOf(deps.publicOrigin, clinic);
      const beginning = { redirectUri, state, ...secretsOf(browserToken), isFresh };
      const authorizationUrl = await providers.begin(connection, beginning);
      const createdAt = clock.now();
      await attempts.store({
        organizationId: connection.organizationId,
        connectionId: connection.id,
        stateHash: hashOpaqueToken(state),
        browserHash: hashOpaqueToken(browserToken),
        createdAt,
        expiresAt: new Date(createdAt.getTime() + ATTEMPT_TTL_MS),
      });
      return { authorizationUrl, browserToken };
    },

    async finish(back) {
      const { clinic, ip, userAgent, requestId } = back;
      const connection = await getOfClinic(clinic);
      const { organizationId } = connection;
      try {
        const claims = await claimsOf(connection, back);
        const { userId } = await admit(connection, claims, requestId);
        return await deps.finish({
          userId,
          organizationId,
          by: 'sso',
          hasSecondStep: hasSecondFactor(claims),
          passwordHash: null,
          confirmedAt: provenAt(claims, clock.now()),
          ip,
          userAgent,
          requestId,
        });
      } catch (failure) {
        const row = refusedArrival(organizationId, failure, requestId, clock.now());
        background.run('audit of a refused single sign-on', () => audit.append(row));
        throw failure;
      }
    },
  };
}
