import { AppError } from '@careconnect/platform';
import {
  RateLimiterMemory,
  RateLimiterRes,
  type IRateLimiterOptions,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';

export type LimitName = 'general' | 'signIn' | 'walkIn';

/**
 * How many requests in how many seconds. `general` counts one session, or one network where nobody is
 * signed in; the other two count a network, behind which a whole clinic may sit. See `networkOf`.
 */
const LIMITS = {
  general: { points: 1_200, duration: 60 },
  signIn: { points: 60, duration: 60 },
  walkIn: { points: 20, duration: 600 },
} as const satisfies Record<LimitName, { points: number; duration: number }>;

export interface RateLimits {
  /** Counts one request; throws `RATE_LIMITED` when it is one too many. */
  consume(limit: LimitName, key: string): Promise<void>;
}

export interface RateLimitOptions {
  /** Multiplies every limit, for load tests and for very large sites behind one address. */
  readonly factor: number;
  /** Where the counts are kept; the memory of this process unless told. */
  readonly createLimiter?: (options: IRateLimiterOptions) => RateLimiterAbstract;
}

export function createRateLimits({
  factor,
  createLimiter = (options) => new RateLimiterMemory(options),
}: RateLimitOptions): RateLimits {
  const limiterOf = (name: LimitName) => {
    const { points, duration } = LIMITS[name];
    return createLimiter({ keyPrefix: `limit:${name}`, points: Math.ceil(points * factor), duration });
  };
  const limiters: Record<LimitName, RateLimiterAbstract> = {
    general: limiterOf('general'),
    signIn: limiterOf('signIn'),
    walkIn: limiterOf('walkIn'),
  };

  return {
    async consume(limit, key) {
      // Our own processes are many people's requests in one.
      if (key.startsWith('service:')) return;
      try {
        await limiters[limit].consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw tooMany(refusal.msBeforeNext);
      }
    },
  };
}

/** The one answer to too many requests, whoever counts them. */
export function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  const wait =
    retryAfterSeconds < 90 ? `${retryAfterSeconds} seconds` : `${Math.ceil(retryAfterSeconds / 60)} minutes`;
  return new AppError('RATE_LIMITED', `That was too many tries. Please wait ${wait} and try again.`, {
    retryAfterSeconds,
  });
}
