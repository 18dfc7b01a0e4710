import type { AccountPhones } from '@careconnect/prisma';
import type { AccountNotices } from './core/account-notices.ts';
import type { Background } from './core/background.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import type { FieldCipher } from './core/field-cipher.ts';
import { hashOpaqueToken } from './core/opaque-token.ts';
import type { PasskeyProofs } from './core/passkey-proofs.ts';
import { readablePhone } from './core/phone-number.ts';
import type { RateLimits } from './core/rate-limit.ts';
import type { SecondFactors } from './core/second-factors.ts';
import type { SentCodes } from './core/sent-codes.ts';
import { authErrors } from './features/auth/auth.errors.ts';
import type { CachedSessionDirectory } from './features/auth/session-directory.ts';
import type { SignInChallengeRepository } from './features/auth/sign-in-challenge.repository.ts';
import { createPhoneRepository } from './features/phones/phone.repository.ts';
import { bindPhoneEndpoints } from './features/phones/phone.routes.ts';
import { createPhoneService } from './features/phones/phone.service.ts';
import { createFactorCheck } from './features/second-factor/factor-check.ts';
import { createFactorTryRepository } from './features/second-factor/factor-try.repository.ts';
import { createRecoveryCodeHash } from './features/second-factor/recovery-codes.ts';
import { createSecondFactorRepository } from './features/second-factor/second-factor.repository.ts';
import { bindSecondFactorEndpoints } from './features/second-factor/second-factor.routes.ts';
import { createSecondFactorService } from './features/second-factor/second-factor.service.ts';
import { createCodeFactorRepository } from './features/sent-codes/code-factor.repository.ts';
import { createCodeSender } from './features/sent-codes/code-sender.ts';
import { createCodeHash } from './features/sent-codes/sent-code.ts';
import { createSentCodeRepository } from './features/sent-codes/sent-code.repository.ts';
import { bindSentCodeEndpoints } from './features/sent-codes/sent-code.routes.ts';
import { createSentCodeService } from './features/sent-codes/sent-code.service.ts';

export interface FactorDeps extends ApiEdge, ApiOptions {
  readonly accountPhones: AccountPhones;
  readonly cipher: FieldCipher;
  readonly rateLimits: RateLimits;
  readonly background: Background;
}

/** What checks of second factors stand on. */
function composeCodeSender(deps: FactorDeps): SentCodes {
  const { database, accountPhones: phones, rateLimits, mailer, sms, background, clock } = deps;
  const codes = createSentCodeRepository({ database, phones });
  const hashCode = createCodeHash(deps.accessTokenSecret);
  return createCodeSender({ codes, hashCode, phones, rateLimits, mailer, sms, background, clock });
}

/** The phone of somebody as it is read, and whether anything sends text messages. */
function composePhoneView({ database, accountPhones: phones, sms }: FactorDeps) {
  const repository = createPhoneRepository({ database, phones });
  return {
    isOffered: sms !== null,
    async find(userId: string) {
      const phone = await repository.find(userId);
      return phone && readablePhone(phone);
    },
  };
}

export interface SecondFactorParts {
  readonly factors: SecondFactors;
  readonly sentCodes: SentCodes;
  readonly endpoints: readonly BoundEndpoint[];
}

/** Whether a proof is right, and a person's own factors. */
export function composeSecondFactors(
  deps: FactorDeps,
  { notices, proofs: passkeys }: { readonly notices: AccountNotices; readonly proofs: PasskeyProofs },
): SecondFactorParts {
  const { database, cipher, clock, accessTokenSecret } = deps;
  const repository = createSecondFactorRepository({ database, cipher });
  const hashRecoveryCode = createRecoveryCodeHash(accessTokenSecret);
  const sentCodes = composeCodeSender(deps);
  return {
    sentCodes,
    factors: createFactorCheck({
      factors: repository,
      tries: createFactorTryRepository({ database, cipher }),
      passkeys,
      sentCodes,
      hashRecoveryCode,
      clock,
    }),
    endpoints: bindSecondFactorEndpoints(
      createSecondFactorService({
        factors: repository,
        phones: composePhoneView(deps),
        hashRecoveryCode,
        notices,
        clock,
      }),
    ),
  };
}

export interface CodeParts {
  readonly sentCodes: SentCodes;
  readonly factors: SecondFactors;
  readonly challenges: SignInChallengeRepository;
  readonly directory: CachedSessionDirectory;
  readonly notices: AccountNotices;
}

/** Codes as a second factor, and the phones that they go to. */
export function composeCodes(
  { database, accountPhones: phones, sms, background, clock }: FactorDeps,
  { sentCodes, factors, challenges, directory, notices }: CodeParts,
): BoundEndpoint[] {
  return [
    ...bindSentCodeEndpoints(
      createSentCodeService({
        sentCodes,
        factors,
        codeFactors: createCodeFactorRepository({ database, phones }),
        findWaiting: (challenge) => challenges.find(hashOpaqueToken(challenge), clock.now()),
        signInExpired: authErrors.signInExpired,
        forgetActor: (sessionId) => directory.forget(sessionId),
        notices,
        clock,
      }),
    ),
    ...bindPhoneEndpoints(
      createPhoneService({
        phones: createPhoneRepository({ database, phones }),
        sentCodes,
        notices,
        sms,
        background,
        clock,
      }),
    ),
  ];
}
