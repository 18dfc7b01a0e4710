import type { Actor } from '../../core/actor.ts';

export const securityPolicyPolicy = {
  /** Of the actor's own organization, which the repository takes from the actor. */
  mayDecide: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
};
