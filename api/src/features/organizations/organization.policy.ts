import type { Actor } from '../../core/actor.ts';

export const organizationPolicy = {
  /** Those who run the platform decide about organizations as a whole; what is in one they do not see. */
  mayRun: ({ role }: Pick<Actor, 'role'>): boolean => role === 'platformAdmin',
};
