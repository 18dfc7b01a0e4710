import { it } from 'vitest';

/**
 * The steps of one journey, each a test of its own that stands on the ones before it. After a step has
 * failed the rest is skipped: it could only fail for the same reason, slowly.
 */
export function createJourney(): (name: string, step: () => Promise<void>) => void {
  let hasFailed = false;
  return (name, step) => {
    it(name, async ({ skip }) => {
      if (hasFailed) skip('an earlier step failed');
      hasFailed = true;
      await step();
      hasFailed = false;
    });
  };
}
