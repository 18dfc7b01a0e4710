import { randomUUID } from 'node:crypto';
import type { VisitId } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import { z } from 'zod';
import { CLAIM, FIND, RELEASE } from './redis-scripts.ts';
import type { Home, VisitHomes } from './visit-homes.ts';

export interface RedisHomesOptions {
  readonly redis: Redis;
  readonly log: Logger;
  readonly leaseMs?: number | undefined;
}

export interface RedisHomes extends VisitHomes {
  readonly process: string;
  isAlive(process: string): Promise<boolean>;
  /**
   * Takes the lease. To be called once and before anything is claimed.
   * @param url - where this process listens for its siblings
   * @param onLapsed - the lease had run out, so that others may have taken visits that this process serves
   */
  begin(url: string, onLapsed: () => void): Promise<void>;
  /** Gives up the lease: others may serve what this process has served. */
  leave(): Promise<void>;
}

const HOME = 'careconnect:visit-home:';
const LEASE = 'careconnect:signaling-lease:';
/** No visit lasts as long; whoever comes back to it claims it anew. */
const HOME_KEPT_MS = 24 * 60 * 60_000;
const LEASE_MS = 5_000;
/** Two beats may be lost. */
const BEATS_PER_LEASE = 3;

const Answer = z.tuple([z.string(), z.string()]).nullable();

/** Homes that processes agree on through Redis. A process that is silent for the length of its lease is dead. */
export function createRedisHomes({ redis, log, leaseMs = LEASE_MS }: RedisHomesOptions): RedisHomes {
  const process = randomUUID();
  const lease = LEASE + process;
  const expiration = { type: 'PX', value: leaseMs } as const;
  let url = '';
  let onLapsed = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    if ((await redis.set(lease, url, { expiration, condition: 'XX' })) !== null) return;
    await redis.set(lease, url, { expiration });
    log.warn('the lease had run out');
    onLapsed();
  }

  async function claim(visitId: VisitId): Promise<Home | null> {
    const ask = async () =>
      redis.eval(CLAIM, {
        keys: [HOME + visitId, lease],
        arguments: [process, url, LEASE, String(HOME_KEPT_MS)],
      });
    try {
      return toHome(await ask());
    } catch (error) {
      if (!isLapsed(error)) throw error;
      await beat();
      return toHome(await ask());
    }
  }

  return {
    process,
    isAlive: async (other) => (await redis.exists(LEASE + other)) === 1,
    async begin(ownUrl, whenLapsed) {
      url = ownUrl;
      onLapsed = whenLapsed;
      timer = setInterval(() => {
        beat().catch((error: unknown) => log.warn({ err: error }, 'the lease was not prolonged'));
      }, leaseMs / BEATS_PER_LEASE);
      timer.unref();
      await redis.set(lease, url, { expiration });
    },
    claim,
    async findElsewhere(visitId) {
      const home = toHome(await redis.eval(FIND, { keys: [HOME + visitId], arguments: [LEASE] }));
      return home?.process === process || home?.url === url ? null : home;
    },
    async release(visitId) {
      await redis.eval(RELEASE, { keys: [HOME + visitId], arguments: [process] });
    },
    async bury(home) {
      await redis.del(LEASE + home.process);
    },
    async leave() {
      clearInterval(timer);
      await redis.del(lease);
    },
  };
}

function toHome(answer: unknown): Home | null {
  const home = Answer.parse(answer);
  return home && { process: home[0], url: home[1] };
}

function isLapsed(error: unknown): boolean {
  return error instanceof Error && error.message.includes('LAPSED');
}
