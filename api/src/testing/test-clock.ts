import type { Clock } from '@careconnect/platform';

/** Time that stands still until a test moves it. */
export interface TestClock extends Clock {
  set(instant: string): void;
  advance(ms: number): void;
}

/** A Monday morning in the demo clinic's zone. */
export const TEST_START = '2026-11-23T04:00:00.000Z';

export function createTestClock(start = TEST_START): TestClock {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    set: (instant) => void (now = Date.parse(instant)),
    advance: (ms) => void (now += ms),
  };
}
