import type { Actor } from '../../core/actor.ts';
import type { Member } from './person.ts';

/** Every question is about the actor's own organization: repositories find nobody of another. */
export const personPolicy = {
  mayLook: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',

  /** Administrators decide about everybody but themselves, so that one is always left. */
  mayDecideAbout: (
    { role, userId }: Pick<Actor, 'role' | 'userId'>,
    person: Pick<Member, 'userId'>,
  ): boolean => role === 'admin' && userId !== person.userId,
};
