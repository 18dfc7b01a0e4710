import type { UserId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import { doctorOf } from '../../core/chart-access.ts';

/** Every question is about a patient or a row of the actor's own organization: repositories find no other. */
export const emergencyAccessPolicy = {
  /** Also a doctor in whose care the patient is: it opens the visits with her colleagues, too. */
  mayOpen: (actor: Actor): boolean => doctorOf(actor) !== null,

  maySee: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',

  /** Nobody judges what they have done themselves, whatever they have become since. */
  mayReview: (
    { role, userId }: Pick<Actor, 'role' | 'userId'>,
    { doctor }: { readonly doctor: { readonly userId: UserId } },
  ): boolean => role === 'admin' && userId !== doctor.userId,
};
