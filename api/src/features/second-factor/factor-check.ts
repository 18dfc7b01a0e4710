import type { CodeChannel, FactorCode } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { PasskeyProofs } from '../../core/passkey-proofs.ts';
import { tooMany } from '../../core/rate-limit.ts';
import type { AskedOfPerson, SecondFactors } from '../../core/second-factors.ts';
import type { SentCodes } from '../../core/sent-codes.ts';
import { passkeyErrors } from '../passkeys/passkey.errors.ts';
import type { FactorTryRepository } from './factor-try.repository.ts';
import type { HashRecoveryCode } from './recovery-codes.ts';
import { methodsOf } from './second-factor.ts';
import { secondFactorErrors } from './second-factor.errors.ts';
import type { SecondFactorRepository } from './second-factor.repository.ts';
import { stepOfCode } from './totp.ts';

export interface FactorCheckDeps {
  readonly factors: Pick<SecondFactorRepository, 'read' | 'areSentCodesEnough'>;
  readonly tries: FactorTryRepository;
  readonly passkeys: Pick<PasskeyProofs, 'take'>;
  readonly sentCodes: Pick<SentCodes, 'take'>;
  readonly hashRecoveryCode: HashRecoveryCode;
  readonly clock: Clock;
}

/** Whether a proof is right, for signing in and for what is dangerous. */
export function createFactorCheck({
  factors,
  tries,
  passkeys,
  sentCodes,
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

  async function takeSent(asked: AskedOfPerson, channel: CodeChannel, code: string): Promise<boolean> {
    const counted = await tries.countSent(asked.userId, channel, clock.now());
    if (!counted) return false;
    if ('waitMs' in counted) throw tooMany(counted.waitMs);
    if (!(await sentCodes.take({ asked, channel, code }))) return false;
    await tries.forgiveSent(counted.factorId);
    return true;
  }

  async function takeCode(asked: AskedOfPerson, { method, code }: FactorCode): Promise<boolean> {
    const { userId } = asked;
    if (method === 'totp') return takeTotp(userId, code);
    if (method !== 'recovery') return takeSent(asked, method, code);
    return tries.takeRecoveryCode(userId, hashRecoveryCode(userId, code), clock.now());
  }

  return {
    async methodsOf(member) {
      const [stored, areSentCodesEnough] = await Promise.all([
        factors.read(member.userId),
        factors.areSentCodesEnough(member),
      ]);
      return methodsOf(stored, areSentCodesEnough);
    },

    async take(proof, asked) {
      if (proof.method === 'passkey') {
        if (!(await passkeys.take(proof.assertion, asked)).isTaken) throw passkeyErrors.refused();
        return;
      }
      if (!(await takeCode(asked, proof))) throw secondFactorErrors.codeWrong();
    },
  };
}
