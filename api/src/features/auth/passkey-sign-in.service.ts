import type { PasskeyAssertion, PasskeyRequestOptions } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { Background } from '../../core/background.ts';
import { hashOpaqueToken } from '../../core/opaque-token.ts';
import type { PasskeyProofs } from '../../core/passkey-proofs.ts';
import type { OpenedSession } from '../../core/session-cookies.ts';
import { passkeyErrors } from '../passkeys/passkey.errors.ts';
import type { AccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import { refusedSignIn } from './refused-sign-in.ts';
import type { SessionService } from './session.service.ts';
import type { SignInChallengeRepository } from './sign-in-challenge.repository.ts';

export interface PasskeySignIn {
  readonly assertion: PasskeyAssertion;
  readonly organizationId: string | undefined;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

export interface PasskeySignInServiceDeps {
  readonly passkeys: PasskeyProofs;
  readonly accounts: Pick<AccountRepository, 'findById'>;
  readonly challenges: Pick<SignInChallengeRepository, 'find'>;
  readonly sessions: Pick<SessionService, 'open'>;
  readonly audit: AuditTrail;
  readonly background: Background;
  readonly clock: Clock;
}

export interface PasskeySignInService {
  /** Errors: PASSKEYS_NOT_OFFERED. */
  begin(): Promise<PasskeyRequestOptions>;
  /** For somebody whose password was right. Errors: SIGN_IN_EXPIRED, PASSKEYS_NOT_OFFERED. */
  beginSecondStep(challenge: string): Promise<PasskeyRequestOptions>;
  /** Throws `PASSKEY_REFUSED` for whatever is wrong, also for somebody who belongs nowhere any more. */
  finish(signIn: PasskeySignIn): Promise<OpenedSession>;
}

/** Signing in with nothing typed. */
export function createPasskeySignInService(deps: PasskeySignInServiceDeps): PasskeySignInService {
  const { passkeys, accounts, challenges, sessions, audit, background, clock } = deps;

  return {
    begin: () => passkeys.ask({ kind: 'anybody' }),

    async beginSecondStep(challenge) {
      const waiting = await challenges.find(hashOpaqueToken(challenge), clock.now());
      if (!waiting) throw authErrors.signInExpired();
      const { userId, id: signInChallengeId } = waiting;
      return passkeys.ask({ kind: 'secondStep', userId, signInChallengeId });
    },

    async finish({ assertion, organizationId, ip, userAgent, requestId }) {
      const proof = await passkeys.take(assertion, { kind: 'anybody' });
      const account = proof.userId === null ? null : await accounts.findById(proof.userId);
      const membership = account?.memberships.find(
        (candidate) => organizationId === undefined || candidate.organizationId === organizationId,
      );
      if (!account || !membership) throw passkeyErrors.refused();
      if (!proof.isTaken) {
        const at = clock.now();
        const row = refusedSignIn({ ...account, ...membership }, 'passkey', requestId, at, proof.why);
        background.runUnseen('audit of a refused passkey', () => audit.append(row));
        throw passkeyErrors.refused();
      }
      const person = { userId: account.userId, organizationId: membership.organizationId };
      const methods = ['passkey'] as const;
      return sessions.open(
        { ...person, ip, userAgent, isGuest: false, passwordHash: null, methods },
        requestId,
      );
    },
  };
}
