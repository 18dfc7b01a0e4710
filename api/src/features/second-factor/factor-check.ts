import type { Clock } from '@careconnect/platform';
import { tooMany } from '../../core/rate-limit.ts';
import type { SecondFactors } from '../../core/second-factors.ts';
import type { FactorTryRepository } from './factor-try.repository.ts';
import type { HashRecoveryCode } from './recovery-codes.ts';
import { secondFactorErrors } from './second-factor.errors.ts';
import type { SecondFactorRepository } from './second-factor.repository.ts';
import { stepOfCode } from './totp.ts';

export interface FactorCheckDeps {
  readonly factors: Pick<SecondFactorRepository, 'read'>;
  readonly tries: FactorTryRepository;
  readonly hashRecoveryCode: HashRecoveryCode;
  readonly clock: Clock;
}

/** Whether a code is right, for signing in and for what is dangerous. */
export function createFactorCheck({
  factors,
  tries,
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

  return {
    async methodsOf(userId) {
      const { totp, recoveryCodesLeft } = await factors.read(userId);
      if (!totp) return [];
      return recoveryCodesLeft > 0 ? ['totp', 'recovery'] : ['totp'];
    },

    async take(userId, { method, code }) {
      const isTaken =
        method === 'totp'
          ? await takeTotp(userId, code)
          : await tries.takeRecoveryCode(userId, hashRecoveryCode(userId, code), clock.now());
      if (!isTaken) throw secondFactorErrors.codeWrong();
    },
  };
}
