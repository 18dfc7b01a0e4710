import { createAccessTokens } from './core/access-token.ts';
import type { AccountPhones, PatientContacts } from '@careconnect/prisma';
import { createAccountNotices, type AccountNotices } from './core/account-notices.ts';
import { createAuditTrail } from './core/audit-trail.repository.ts';
import { createAuthentication, type Authentication } from './core/authentication.ts';
import type { Background } from './core/background.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { Credentials } from './core/credentials.ts';
import { createCsrf } from './core/csrf.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import type { EndedSessions } from './core/ended-sessions.ts';
import { createDeliverSession, type DeliverSession } from './core/deliver-session.ts';
import type { FinishSignIn } from './core/finish-sign-in.ts';
import type { FieldCipher } from './core/field-cipher.ts';
import type { PushPort } from './core/push-port.ts';
import type { RateLimits } from './core/rate-limit.ts';
import type { GuestSessions, SessionCookies } from './core/session-cookies.ts';
import { createAccountRepository } from './features/auth/account.repository.ts';
import { bindAuthEndpoints } from './features/auth/auth.routes.ts';
import { createConfirmationService } from './features/auth/confirmation.service.ts';
import { createCredentials } from './features/auth/credentials.ts';
import { createEndedSessions } from './features/auth/ended-sessions.ts';
import { createFinishSignIn } from './features/auth/finish-sign-in.ts';
import { createPasskeySignInService } from './features/auth/passkey-sign-in.service.ts';
import { createPasswordResetRepository } from './features/auth/password-reset.repository.ts';
import { createPasswordResetService } from './features/auth/password-reset.service.ts';
import { createOwnSessionRepository } from './features/auth/own-session.repository.ts';
import { bindOwnSessionEndpoints } from './features/auth/own-session.routes.ts';
import { createOwnSessionService } from './features/auth/own-session.service.ts';
import { createPasswordTries } from './features/auth/password-tries.ts';
import { inTurns, passwords as unlimitedPasswords } from './features/auth/passwords.ts';
import { createRefreshTokenRepository } from './features/auth/refresh-token.repository.ts';
import { createSessionDirectory, type CachedSessionDirectory } from './features/auth/session-directory.ts';
import { createSessionRepository } from './features/auth/session.repository.ts';
import { createSessionLimit } from './features/auth/session-limit.ts';
import { createSessionService, type SessionService } from './features/auth/session.service.ts';
import { createSignInBackoff } from './features/auth/sign-in-backoff.ts';
import { createSignInChallengeRepository } from './features/auth/sign-in-challenge.repository.ts';
import { createSecondStepService } from './features/auth/second-step.service.ts';
import { createSignInService } from './features/auth/sign-in.service.ts';
import { createCredentialRepository } from './features/credentials/credential.repository.ts';
import { bindCredentialEndpoints } from './features/credentials/credential.routes.ts';
import { createCredentialService } from './features/credentials/credential.service.ts';
import { createPasskeyCheck } from './features/passkeys/passkey-check.ts';
import { createPasskeyRepository } from './features/passkeys/passkey.repository.ts';
import { bindPasskeyEndpoints } from './features/passkeys/passkey.routes.ts';
import { createPasskeyService } from './features/passkeys/passkey.service.ts';
import { relyingPartyOf } from './features/passkeys/passkey.ts';
import { createWebauthnChallengeRepository } from './features/passkeys/webauthn-challenge.repository.ts';
import { createWebauthnChallenges } from './features/passkeys/webauthn-challenges.ts';
import { createRegistrationRepository } from './features/registration/registration.repository.ts';
import { bindRegistrationEndpoints } from './features/registration/registration.routes.ts';
import { createRegistrationService } from './features/registration/registration.service.ts';
import { composeCodes, composeSecondFactors } from './second-factors.compose.ts';

export interface AuthDeps extends ApiEdge, ApiOptions {
  readonly background: Background;
  readonly cipher: FieldCipher;
  readonly contacts: PatientContacts;
  readonly accountPhones: AccountPhones;
  readonly pushes: PushPort;
  readonly sessionCookies: SessionCookies;
  readonly rateLimits: RateLimits;
}

export interface AuthParts {
  readonly authentication: Authentication;
  readonly guestSessions: GuestSessions;
  readonly sessions: Pick<SessionService, 'findEnded'>;
  readonly credentials: Credentials;
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
  readonly deliver: DeliverSession;
  readonly finishSignIn: FinishSignIn;
  readonly endpoints: readonly BoundEndpoint[];
}

/** Sign-in and everything that hangs on a session. */
export function composeAuth(deps: AuthDeps): AuthParts {
  const {
    database,
    clock,
    log,
    accessTokenSecret: secret,
    mailer,
    background,
    pushes,
    sessionCookies,
    rateLimits,
    publicOrigin,
    contacts,
  } = deps;
  const accessTokens = createAccessTokens(secret);
  const csrf = createCsrf(secret);
  const accounts = createAccountRepository(database);
  const sessionRows = createSessionRepository(database);
  const directory = createSessionDirectory({ sessions: sessionRows, clock });
  const ended = createEndedSessions({ directory, pushes });
  const refreshTokens = createRefreshTokenRepository(database);
  const sessions = createSessionService({
    sessions: sessionRows,
    refreshTokens,
    ended,
    accessTokens,
    csrf,
    clock,
    log,
    secret,
  });
  const passwords = inTurns(unlimitedPasswords);
  const audit = createAuditTrail(database);
  const resets = createPasswordResetRepository(database);
  const tries = createPasswordTries({ accounts, passwords, backoff: createSignInBackoff(clock), clock });
  const credentials = createCredentials({ accounts, passwords, tries });
  const notices = createAccountNotices({ mailer, background });
  const { passkeys, proofs } = composePasskeys(deps, notices, directory);
  const factorParts = composeSecondFactors(deps, { notices, proofs });
  const { factors } = factorParts;
  const challenges = createSignInChallengeRepository(database);
  const deliver = createDeliverSession(sessionCookies);
  const secondStep = createSecondStepService({ factors, challenges, sessions, audit, background, clock });
  const finishSignIn = createFinishSignIn({ secondStep, sessions });

  return {
    authentication: createAuthentication({ accessTokens, sessions: directory, csrf, clock }),
    guestSessions: {
      open: (guest, { requestId, ...place }) =>
        sessions.open(
          { ...guest, ...place, isGuest: true, passwordHash: null, methods: ['guest'] },
          requestId,
        ),
    },
    sessions,
    credentials,
    ended,
    notices,
    deliver,
    finishSignIn,
    endpoints: [
      ...factorParts.endpoints,
      ...composeCodes(deps, { ...factorParts, challenges, directory, notices }),
      ...bindPasskeyEndpoints({
        passkeys,
        signIns: createPasskeySignInService({
          passkeys: proofs,
          accounts,
          challenges,
          sessions,
          audit,
          background,
          clock,
        }),
        deliver,
      }),
      ...bindRegistrationEndpoints(
        createRegistrationService({
          registrations: createRegistrationRepository({ database, contacts }),
          credentials,
          mailer,
          background,
          clock,
          publicOrigin,
        }),
      ),
      ...bindCredentialEndpoints(
        createCredentialService({
          repository: createCredentialRepository(database),
          credentials,
          ended,
          notices,
          mailer,
          background,
          clock,
          publicOrigin,
        }),
      ),
      ...bindOwnSessionEndpoints(
        createOwnSessionService({ ownSessions: createOwnSessionRepository(database), ended, clock }),
      ),
      ...bindAuthEndpoints({
        signIns: createSignInService({ accounts, tries, finish: finishSignIn, audit, background, clock }),
        secondStep,
        confirmations: createConfirmationService({
          accounts,
          tries,
          factors,
          sessions: sessionRows,
          directory,
          audit,
          clock,
        }),
        resets: createPasswordResetService({
          accounts,
          resets,
          credentials,
          ended,
          mailer,
          background,
          clock,
          publicOrigin,
        }),
        sessions,
        sessionCookies,
        deliver,
        csrf,
        sessionLimit: createSessionLimit({ refreshTokens, rateLimits }),
      }),
    ],
  };
}

function composePasskeys(
  { database, clock, log, publicOrigin }: AuthDeps,
  notices: AccountNotices,
  directory: CachedSessionDirectory,
) {
  const repository = createPasskeyRepository(database);
  const challenges = createWebauthnChallenges({
    challenges: createWebauthnChallengeRepository(database),
    clock,
  });
  const relyingParty = relyingPartyOf(publicOrigin);
  const proofs = createPasskeyCheck({ passkeys: repository, challenges, relyingParty, log, clock });
  const parts = { passkeys: repository, challenges, proofs, relyingParty, directory, notices, clock };
  return { proofs, passkeys: createPasskeyService(parts) };
}
