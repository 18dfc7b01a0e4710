import type { FactorCode, FactorMethod } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { PasskeyProofs } from '../../core/passkey-proofs.ts';
import { tooMany } from '../../core/rate-limit.ts';
import type { SecondFactors } from '../../core/second-factors.ts';
import { passkeyErrors } from '../passkeys/passkey.errors.ts';
import type { FactorTryRepository } from './factor-try.repository.ts';
import type { HashRecoveryCode } from './recovery-codes.ts';
import { secondFactorErrors } from './second-factor.errors.ts';
import type { SecondFactorRepository } from './second-factor.repository.ts';
import { stepOfCode } from './totp.ts';

export interface FactorCheckDeps {
  readonly factors: Pick<SecondFactorRepository, 'read'>;
  readonly tries: FactorTryRepository;
  readonly passkeys: Pick<PasskeyProofs, 'take'>;
  readonly hashRecoveryCode: HashRecoveryCode;
  readonly clock: Clock;
}

/** Whether a proof is right, for signing in and for what is dangerous. */
export function createFactorCheck({
  factors,
  tries,
  passkeys,
  hashRecoveryCode,
  clock,
}: FactorCheckDeps): SecondFactors {
  async function takeTotp(userId: string, code: string): Promise<boolean> {
    const counted = await tries.countTotp(userId, clock.now());
    if (!counted) return false;
    if ('waitMs' in counted) throw tooMany(counted.waitMs);
    const step = stepOfCode(counted.secret, code, clock.now());
    return step !== null && tries.takeTotp(counted.credentialId, step);
  }

  function takeCode(userId: string, { method, code }: FactorCode): Promise<boolean> {
    if (method === 'totp') return takeTotp(userId, code);
    return tries.takeRecoveryCode(userId, hashRecoveryCode(userId, code), clock.now());
  }

  return {
    async methodsOf(userId) {
      const { totp, passkeys: passkeyCount, recoveryCodesLeft } = await factors.read(userId);
      const methods: FactorMethod[] = [
        ...(passkeyCount > 0 ? ['passkey' as const] : []),
        ...(totp ? ['totp' as const] : []),
      ];
      return methods.length > 0 && recoveryCodesLeft > 0 ? [...methods, 'recovery'] : methods;
    },

    async take(proof, asked) {
      if (proof.method === 'passkey') {
        if (!(await passkeys.take(proof.assertion, asked)).isTaken) throw passkeyErrors.refused();
        return;
      }
      if (!(await takeCode(asked.userId, proof))) throw secondFactorErrors.codeWrong();
    },
  };
}
