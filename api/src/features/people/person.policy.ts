import type { Role } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';
import type { Member } from './person.ts';

/** Of a clinic, or of the platform: which roles there are in an organization, the database holds. */
function isAdministrator(role: Role): boolean {
  return role === 'admin' || role === 'platformAdmin';
}

/** Every question is about the actor's own organization: repositories find nobody of another. */
export const personPolicy = {
  mayLook: ({ role }: Pick<Actor, 'role'>): boolean => isAdministrator(role),

  /** Administrators decide about everybody but themselves, so that one is always left. */
  mayDecideAbout: (
    { role, userId }: Pick<Actor, 'role' | 'userId'>,
    person: Pick<Member, 'userId'>,
  ): boolean => isAdministrator(role) && userId !== person.userId,
};
