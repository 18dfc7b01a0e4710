import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInstantWriter } from './instant-writer.ts';

const MINUTE_MS = 60_000;

test('writes any instants, one after the other, exactly as Date does', () => {
  const anyInstant = fc.integer({ min: -8.64e15, max: 8.64e15 });
  const wholeMinute = fc.integer({ min: -3_000_000, max: 40_000_000 }).map((minutes) => minutes * MINUTE_MS);
  fc.assert(
    fc.property(fc.array(fc.oneof(wholeMinute, wholeMinute, anyInstant), { maxLength: 30 }), (instants) => {
      const write = createInstantWriter();
      expect(instants.map(write)).toEqual(instants.map((instant) => new Date(instant).toISOString()));
    }),
    { numRuns: 1_000 },
  );
});
