import type { Actor } from '../../core/actor.ts';

export const departmentPolicy = {
  /** Of the actor's own organization, which the repository takes from the actor. */
  mayLook: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
};
