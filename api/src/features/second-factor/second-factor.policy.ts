import type { Actor } from '../../core/actor.ts';
import type { LeastFactor } from '../../core/factor-counts.repository.ts';

type Member = Pick<Actor, 'role' | 'staffSecondFactor' | 'staffSentCodes'>;

/** Everyone decides about their own factors, within what their organization asks of its staff. */
export const secondFactorPolicy = {
  isRequiredOf: ({ role, staffSecondFactor }: Pick<Member, 'role' | 'staffSecondFactor'>): boolean =>
    role !== 'patient' && staffSecondFactor === 'required',

  /**
   * Codes by e-mail and SMS. NIST SP 800-63B-4 restricts the telephone network (section 3.1.3.3) and refuses e-mail
   * (3.1.3.1): whoever opens other people's records has something better, unless the organization says otherwise.
   */
  areSentCodesEnough: ({ role, staffSentCodes }: Pick<Member, 'role' | 'staffSentCodes'>): boolean =>
    role === 'patient' || staffSentCodes === 'allowed',

  leastFactor(member: Member): LeastFactor {
    if (!secondFactorPolicy.isRequiredOf(member)) return 'none';
    return secondFactorPolicy.areSentCodesEnough(member) ? 'any' : 'strong';
  },
};
