import { expect, test } from 'vitest';
import { resample } from './resample.ts';

const tone = (hertz: number, rate: number): Float64Array =>
  Float64Array.from({ length: rate / 10 }, (_, index) => Math.sin((2 * Math.PI * hertz * index) / rate));
const loudest = (samples: Float64Array): number => Math.max(...samples.subarray(200, -200).map(Math.abs));

test('a tone is the same tone at another rate', () => {
  const resampled = resample({ samples: tone(1_000, 48_000), hertz: 48_000 }, 10_000);
  const expected = tone(1_000, 10_000);
  expect(resampled).toHaveLength(expected.length);
  for (let index = 200; index < 800; index++) expect(resampled[index]).toBeCloseTo(expected[index] ?? 0, 2);
});

test('what the new rate cannot carry is left out and does not come back as something else', () => {
  expect(loudest(resample({ samples: tone(7_000, 48_000), hertz: 48_000 }, 10_000))).toBeLessThan(0.01);
});
