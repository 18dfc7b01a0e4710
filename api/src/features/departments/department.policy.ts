import type { Actor } from '../../core/actor.ts';

/** Of the actor's own organization, which the repositories take from the actor. */
export const departmentPolicy = {
  mayLook: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
  mayDivide: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
};
