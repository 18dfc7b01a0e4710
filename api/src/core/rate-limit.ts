import type { LimitName } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import {
  RateLimiterMemory,
  RateLimiterRes,
  type IRateLimiterOptions,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';

const MINUTE_SECONDS = 60;

interface Limit {
  readonly requests: number;
  readonly withinSeconds: number;
}

/**
 * `general` and `record` count one session, or one network where nobody is signed in; the other two count a
 * network, behind which a whole clinic may sit. See `networkOf`.
 */
const LIMITS: Readonly<Record<LimitName, Limit>> = {
  /** Twenty a second: several pages of one person, each with all it asks for; a script is slowed down. */
  general: { requests: 1_200, withinSeconds: MINUTE_SECONDS },
  /** A clinic's staff begins its shift within a minute; whoever guesses passwords meets the backoff of the account. */
  signIn: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** A family on one connection and their tries; each goes into a waiting room that people look at. */
  walkIn: { requests: 20, withinSeconds: 10 * MINUTE_SECONDS },
  /** One a second, pages of long chats included: each opens up to two hundred sealed texts. */
  record: { requests: 60, withinSeconds: MINUTE_SECONDS },
};
/** A wait is told in seconds up to here, in minutes beyond. */
const TOLD_IN_SECONDS_UNTIL = 90;

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
    const { requests, withinSeconds } = LIMITS[name];
    return createLimiter({
      keyPrefix: `limit:${name}`,
      points: Math.ceil(requests * factor),
      duration: withinSeconds,
    });
  };
  const limiters: Record<LimitName, RateLimiterAbstract> = {
    general: limiterOf('general'),
    signIn: limiterOf('signIn'),
    walkIn: limiterOf('walkIn'),
    record: limiterOf('record'),
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
    retryAfterSeconds < TOLD_IN_SECONDS_UNTIL
      ? `${retryAfterSeconds} seconds`
      : `${Math.ceil(retryAfterSeconds / MINUTE_SECONDS)} minutes`;
  return new AppError('RATE_LIMITED', `That was too many tries. Please wait ${wait} and try again.`, {
    retryAfterSeconds,
  });
}
