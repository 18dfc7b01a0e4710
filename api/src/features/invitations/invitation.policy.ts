import type { Actor } from '../../core/actor.ts';

export const invitationPolicy = {
  /** Into the actor's own organization, which repositories take from the actor. */
  mayInvite: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin',
};
