import type { Actor } from '../../core/actor.ts';

export const ssoPolicy = {
  /** Of the actor's own organization, which repositories take from the actor. */
  mayDecide: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
};
