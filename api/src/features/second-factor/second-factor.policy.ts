import type { Actor } from '../../core/actor.ts';

/** Everyone decides about their own factors, within what their organization asks of its staff. */
export const secondFactorPolicy = {
  isRequiredOf: ({ role, staffSecondFactor }: Pick<Actor, 'role' | 'staffSecondFactor'>): boolean =>
    role !== 'patient' && staffSecondFactor === 'required',
};
