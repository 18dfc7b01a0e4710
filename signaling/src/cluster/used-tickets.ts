import type { Clock, Logger } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import { ExpiringIds } from '../core/expiring-ids.ts';

/** Which tickets have been let in already. */
export interface UsedTickets {
  /** False when it was known already. */
  add(id: string, expiresAtMs: number): Promise<boolean>;
}

export function createUsedTickets(clock: Clock): UsedTickets {
  const used = new ExpiringIds(clock);
  return { add: (id, expiresAtMs) => Promise.resolve(used.add(id, expiresAtMs)) };
}

const TICKET = 'careconnect:ticket:';

/** Of all processes. While Redis is away each remembers its own: people in a visit matter more than the odd copy. */
export function createSharedUsedTickets(redis: Redis, clock: Clock, log: Logger): UsedTickets {
  const own = new ExpiringIds(clock);
  return {
    async add(id, expiresAtMs) {
      if (!own.add(id, expiresAtMs)) return false;
      const expiration = { type: 'PXAT', value: expiresAtMs } as const;
      try {
        return (await redis.set(TICKET + id, '1', { expiration, condition: 'NX' })) !== null;
      } catch (error) {
        log.warn({ err: error }, 'a ticket was let in by the memory of one process');
        return true;
      }
    },
  };
}
