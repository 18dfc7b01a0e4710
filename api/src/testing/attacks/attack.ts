import type { TestApi } from '../test-api.ts';

export interface Attack {
  readonly name: string;
  run(api: TestApi): Promise<Outcome>;
}

export interface Outcome {
  /** Payloads that were sent. */
  readonly tried: number;
  /** What got through, in words. */
  readonly leaked: readonly string[];
}

/** Notes what is tried, one payload after the other. */
export interface Tally {
  /** @param leak - what got through; null when it was refused */
  note(leak: string | null): void;
  outcome(): Outcome;
}

export function createTally(): Tally {
  let tried = 0;
  const leaked: string[] = [];
  return {
    note(leak) {
      tried += 1;
      if (leak !== null) leaked.push(leak);
    },
    outcome: () => ({ tried, leaked }),
  };
}
