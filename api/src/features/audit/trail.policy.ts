import type { Actor } from '../../core/actor.ts';

export const trailPolicy = {
  /** The trail of the actor's own organization, which repositories take from the actor. */
  maySearch: (actor: Actor): boolean => actor.role === 'admin',
};
