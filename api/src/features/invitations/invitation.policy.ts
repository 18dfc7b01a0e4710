import type { InvitedRole } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

export const invitationPolicy = {
  /** Into the actor's own organization, which repositories take from the actor. */
  mayManage: ({ role }: Pick<Actor, 'role'>): boolean => role === 'admin' || role === 'platformAdmin',

  /** A clinic invites its staff, the platform those who run it. */
  mayInvite: ({ role }: Pick<Actor, 'role'>, to: InvitedRole): boolean =>
    to === 'platformAdmin' ? role === 'platformAdmin' : role === 'admin',
};
