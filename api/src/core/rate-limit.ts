import type { LimitName } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';

const MINUTE_SECONDS = 60;

interface Limit {
  readonly requests: number;
  readonly withinSeconds: number;
}

/** What is counted: the purposes of the contract, tokens of sessions that are not ours or not there, and codes. */
export type CountedAs = LimitName | 'refusedSession' | CountedCode;

/** Codes that are sent: each costs somebody money or patience. */
type CountedCode = 'codeFromNetwork' | 'codeOfPerson' | 'codeTo' | 'smsOfOrganization';

/** A network, see `networkOf`, may be a whole clinic; so each purpose has its own count of it. Operators read them too. */
export const LIMITS: Readonly<Record<CountedAs, Limit>> = {
  /** Twenty a second: several pages of one person, each with all it asks for; a script is slowed down. */
  general: { requests: 1_200, withinSeconds: MINUTE_SECONDS },
  publicRead: { requests: 1_200, withinSeconds: MINUTE_SECONDS },
  /** A session refreshes every ten minutes; many tabs that wake up together do so at once. */
  session: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** Every page of a clinic whose sessions have run out overnight asks once. */
  refusedSession: { requests: 600, withinSeconds: MINUTE_SECONDS },
  /** A clinic's staff begins its shift within a minute; whoever guesses passwords meets the backoff of the account. */
  signIn: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** A family on one connection and their tries; each goes into a waiting room that people look at. */
  walkIn: { requests: 20, withinSeconds: 10 * MINUTE_SECONDS },
  /** One a second: a page whose connection breaks again and again asks every two. */
  ticket: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** The links that an address is sent are counted besides, wherever they are asked for. */
  passwordReset: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** The backoff of the account and of the app slows guessing further. */
  proof: { requests: 20, withinSeconds: MINUTE_SECONDS },
  /** The links that an address is sent are counted besides. */
  registration: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** One a second, pages of long chats included: each opens up to two hundred sealed texts. */
  record: { requests: 60, withinSeconds: MINUTE_SECONDS },
  /** Enough for whoever lost the first copy; each reads all there is of a person. */
  ownData: { requests: 6, withinSeconds: 60 * MINUTE_SECONDS },
  /** A clinic's patients on its own connection. */
  codeFromNetwork: { requests: 60, withinSeconds: 60 * MINUTE_SECONDS },
  /** Several sign-ins, and some codes that came late. */
  codeOfPerson: { requests: 8, withinSeconds: 60 * MINUTE_SECONDS },
  /** One phone or mailbox, whoever asks. */
  codeTo: { requests: 8, withinSeconds: 60 * MINUTE_SECONDS },
  /** Whoever earns by messages to numbers of their own (SMS pumping) does so on one organization's account. */
  smsOfOrganization: { requests: 1_000, withinSeconds: 24 * 60 * MINUTE_SECONDS },
};
/** A wait is told in seconds up to here, in minutes beyond. */
const TOLD_IN_SECONDS_UNTIL = 90;

export interface RateLimits {
  /** Counts one request; throws `RATE_LIMITED` when it is one too many. */
  consume(limit: CountedAs, key: string): Promise<void>;
}

export interface RateLimitOptions {
  /** Multiplies every limit, for load tests and for very large sites behind one address. */
  readonly factor: number;
  /** Where several nodes keep the counts; while it is away, and without one, each counts by itself. */
  readonly redis?: Redis | null;
}

export function createRateLimits({ factor, redis = null }: RateLimitOptions): RateLimits {
  const limiterOf = (name: CountedAs) => {
    const { requests, withinSeconds } = LIMITS[name];
    const limit = {
      keyPrefix: `careconnect:limit:${name}`,
      points: Math.ceil(requests * factor),
      duration: withinSeconds,
    };
    const own = new RateLimiterMemory(limit);
    if (!redis) return own;
    return new RateLimiterRedis({
      ...limit,
      storeClient: redis,
      useRedisPackage: true,
      // At once: nobody's request waits for a Redis that is away.
      rejectIfRedisNotReady: true,
      insuranceLimiter: own,
    });
  };
  const limiters: Record<CountedAs, RateLimiterAbstract> = {
    general: limiterOf('general'),
    publicRead: limiterOf('publicRead'),
    session: limiterOf('session'),
    refusedSession: limiterOf('refusedSession'),
    signIn: limiterOf('signIn'),
    passwordReset: limiterOf('passwordReset'),
    walkIn: limiterOf('walkIn'),
    proof: limiterOf('proof'),
    registration: limiterOf('registration'),
    record: limiterOf('record'),
    ownData: limiterOf('ownData'),
    ticket: limiterOf('ticket'),
    codeFromNetwork: limiterOf('codeFromNetwork'),
    codeOfPerson: limiterOf('codeOfPerson'),
    codeTo: limiterOf('codeTo'),
    smsOfOrganization: limiterOf('smsOfOrganization'),
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
