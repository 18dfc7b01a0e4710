import type { FactorProof } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { Background } from '../../core/background.ts';
import type { AskedForFactor, ProvenPerson } from '../../core/finish-sign-in.ts';
import { hashOpaqueToken, newOpaqueToken } from '../../core/opaque-token.ts';
import type { SecondFactors } from '../../core/second-factors.ts';
import type { OpenedSession } from '../../core/session-cookies.ts';
import { authErrors } from './auth.errors.ts';
import { refusedSignIn } from './refused-sign-in.ts';
import type { SessionService } from './session.service.ts';
import type { SignInChallengeRepository } from './sign-in-challenge.repository.ts';

/** Long enough to find the phone. */
const CHALLENGE_TTL_MS = 10 * 60_000;

export interface SecondStep {
  readonly challenge: string;
  readonly proof: FactorProof;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

export interface SecondStepServiceDeps {
  readonly factors: SecondFactors;
  readonly challenges: SignInChallengeRepository;
  readonly sessions: Pick<SessionService, 'open'>;
  readonly audit: AuditTrail;
  readonly background: Background;
  readonly clock: Clock;
}

export interface SecondStepService {
  /** Null for somebody who has no second factor: the first step was enough. */
  ask(
    person: { readonly userId: string; readonly organizationId: string },
    by: ProvenPerson['by'],
  ): Promise<AskedForFactor | null>;
  /** Errors: SIGN_IN_EXPIRED, CODE_WRONG, PASSKEY_REFUSED, RATE_LIMITED. */
  finish(step: SecondStep): Promise<OpenedSession>;
}

export function createSecondStepService(deps: SecondStepServiceDeps): SecondStepService {
  const { factors, challenges, sessions, audit, background, clock } = deps;

  return {
    async ask({ userId, organizationId }, by) {
      const methods = await factors.methodsOf({ userId, organizationId });
      if (methods.length === 0) return null;
      const createdAt = clock.now();
      const expiresAt = new Date(createdAt.getTime() + CHALLENGE_TTL_MS);
      const challenge = newOpaqueToken();
      const tokenHash = hashOpaqueToken(challenge);
      await challenges.store({ tokenHash, organizationId, userId, methods: [by], createdAt, expiresAt });
      return { challenge, methods, expiresAt };
    },

    async finish({ challenge, proof, ip, userAgent, requestId }) {
      const tokenHash = hashOpaqueToken(challenge);
      const challenged = await challenges.count(tokenHash, clock.now());
      if (!challenged) throw authErrors.signInExpired();
      const { challengeId: signInChallengeId, userId, organizationId, role, passwordHash } = challenged;
      try {
        await factors.take(proof, { kind: 'secondStep', userId, signInChallengeId });
      } catch (refusal) {
        const row = refusedSignIn({ userId, organizationId, role }, proof.method, requestId, clock.now());
        background.runUnseen('audit of a refused second step', () => audit.append(row));
        throw refusal;
      }
      if (!(await challenges.close(tokenHash, clock.now()))) throw authErrors.signInExpired();
      const methods = [...challenged.methods, proof.method];
      return sessions.open(
        { userId, organizationId, ip, userAgent, isGuest: false, passwordHash, methods },
        requestId,
      );
    },
  };
}
