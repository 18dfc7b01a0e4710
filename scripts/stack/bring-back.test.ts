import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';
import { bringBack } from './bring-back.ts';

const LONG_UP_MS = 60_000;

function aDeath(failures: number) {
  const stopping = new AbortController();
  const delays: number[] = [];
  const reasons: unknown[] = [];
  let left = failures;
  return {
    stopping,
    delays,
    reasons,
    options: {
      upMs: LONG_UP_MS,
      backoff: new Backoff(),
      signal: stopping.signal,
      wait: async (ms: number) => void delays.push(ms),
      restart: async () => {
        if (left-- > 0) throw new Error(`${left} left`);
      },
      onFailure: (error: unknown) => void reasons.push((error as Error).message),
    },
  };
}

test('a good life before the death is credited to the first restart alone', async () => {
  const { options, delays } = aDeath(4);
  expect(await bringBack(options)).toBe(true);
  expect(delays).toEqual([0, 250, 500, 1_000, 2_000]);
});

test('says why each restart failed', async () => {
  const { options, reasons } = aDeath(2);
  await bringBack(options);
  expect(reasons).toEqual(['1 left', '0 left']);
});

test('gives up when it is told to stop, and says nothing more', async () => {
  const { options, reasons, stopping } = aDeath(Infinity);
  const restart = async (): Promise<void> => {
    if (reasons.length === 2) stopping.abort();
    await options.restart();
  };
  expect(await bringBack({ ...options, restart })).toBe(false);
  expect(reasons).toHaveLength(2);
});
