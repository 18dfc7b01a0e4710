import type { Actor } from '../../core/actor.ts';
import { isInvolved, type Parties } from '../../core/involvement.ts';

export const qualityPolicy = {
  /** The two whose visit it is, and whoever answers for the clinic; a desk books visits and does not judge them. */
  mayRead: (actor: Actor, visit: Parties): boolean =>
    actor.role !== 'receptionist' && isInvolved(actor, visit),

  /** All visits of the organization at once, which repositories take from the actor. */
  mayWatch: (actor: Actor): boolean => actor.role === 'admin',
};
