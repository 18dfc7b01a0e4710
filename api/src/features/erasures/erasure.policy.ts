import type { Actor } from '../../core/actor.ts';

/** Of the actor's own organization, which repositories take from the actor. */
export const erasurePolicy = {
  mayDecide: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
};
