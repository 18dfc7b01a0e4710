import { expect, it } from 'vitest';
import { DataUse, SAVED_PER_MINUTE } from './data-use.svelte.ts';
import { receiveReport, sendReport } from './testing/stats-reports.ts';

it('tells what both directions take in a minute, at the present pace', () => {
  const use = new DataUse();
  use.take([sendReport(1), receiveReport(1)], 1_000);
  expect(use.perMinute).toBeNull();
  use.take([sendReport(3), receiveReport(3)], 3_000);
  // 4 kB/s of sound and 3 × 50 of picture sent, 4 and 125 received.
  expect(use.perMinute).toBe(17);
  use.take([sendReport(1), receiveReport(1)], 4_000);
  expect(use.perMinute, 'another media path').toBe(17);
});

it('promises what its caps allow', () => {
  expect(SAVED_PER_MINUTE).toBe(2.9);
});
