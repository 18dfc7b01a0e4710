import type { OrganizationId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

export const nodePolicy = {
  /**
   * Nodes carry visits of every organization, so their load tells each how busy the others are: only those who run the
   * installation see it.
   */
  mayWatch: (actor: Actor, operator: OrganizationId | null): boolean =>
    actor.role === 'admin' && actor.organizationId === operator,
};
