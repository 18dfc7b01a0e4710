import { expect, it } from 'vitest';
import { loudness } from './level-meter.ts';

function tone(amplitude: number): Float32Array {
  return Float32Array.from({ length: 480 }, (_, index) => amplitude * Math.sin((2 * Math.PI * index) / 48));
}

it('is 0 for silence and for nothing', () => {
  expect(loudness(new Float32Array(480))).toBe(0);
  expect(loudness(new Float32Array(0))).toBe(0);
});

it('rises with the sound and is full for a loud voice', () => {
  expect(loudness(tone(0.01))).toBeGreaterThan(0.2);
  expect(loudness(tone(0.05))).toBeGreaterThan(loudness(tone(0.01)));
  expect(loudness(tone(0.5))).toBe(1);
});
