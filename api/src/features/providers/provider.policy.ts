import type { PractitionerId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import { isWithinReach } from '../../core/reach.ts';

/** Every question is about a doctor of the actor's own organization: repositories find no other. */
export const providerPolicy = {
  /** Somebody who is kept to departments chooses among the doctors of these, everybody else among all. */
  mayChoose: (actor: Actor, practitionerId: PractitionerId): boolean =>
    isWithinReach(actor.reach, practitionerId),
};
