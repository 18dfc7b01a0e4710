import type { Clock } from '@careconnect/platform';
import { TokenBucket, type BucketSize } from './token-bucket.ts';

export interface RequestLimits {
  /** Every event counts against it, unknown ones too. */
  readonly all: BucketSize;
  /** Stricter ones beside it, by event. */
  readonly byEvent?: Readonly<Record<string, BucketSize>>;
}

export interface RequestLimiter {
  allows(event: string): boolean;
  /** True once refusals come so fast that answering them is itself the harm. */
  isFlooded(): boolean;
  /** True when nothing is used up: it is as good as a new one. */
  isWhole(): boolean;
}

// At 20 granted a second this many refusals in a row mean some 2,000 requests a second.
const FLOOD_REFUSALS = 100;

/** One person's share of the process, so that one page can never crowd out the others. */
export function createRequestLimiter(limits: RequestLimits, clock: Clock): RequestLimiter {
  const all = new TokenBucket(limits.all, clock);
  const byEvent = new Map(
    Object.entries(limits.byEvent ?? {}).map(([event, size]) => [event, new TokenBucket(size, clock)]),
  );
  let refusals = 0;

  return {
    allows(event) {
      const granted = all.take() && (byEvent.get(event)?.take() ?? true);
      refusals = granted ? 0 : refusals + 1;
      return granted;
    },
    isFlooded: () => refusals >= FLOOD_REFUSALS,
    isWhole: () => [all, ...byEvent.values()].every((bucket) => bucket.isFull()),
  };
}
