import type { Actor } from '../../core/actor.ts';
import { isInvolved, type Parties } from '../../core/involvement.ts';
import { isNarrowed } from '../../core/reach.ts';

export const qualityPolicy = {
  /** The two whose visit it is, and whoever answers for the clinic; others who book or prepare visits do not judge them. */
  mayRead: (actor: Actor, visit: Parties): boolean => !isNarrowed(actor.role) && isInvolved(actor, visit),

  /** All visits of the organization at once, which repositories take from the actor. */
  mayWatch: (actor: Actor): boolean => actor.role === 'admin',
};
