import { expect, it } from 'vitest';
import { lengthOf } from './voice-length.ts';

it('is what the sender’s device measured, while the browser knows of no end', () => {
  expect(lengthOf({ measuredS: Number.NaN, knownMs: 12_400, atS: 0 })).toBe(12.4);
  expect(lengthOf({ measuredS: Number.POSITIVE_INFINITY, knownMs: 12_400, atS: 3 })).toBe(12.4);
});

it('is what the browser has measured, once it has', () => {
  expect(lengthOf({ measuredS: 12.1, knownMs: 12_400, atS: 3 })).toBe(12.1);
});

it('is never shorter than what was heard, nor nothing', () => {
  expect(lengthOf({ measuredS: Number.NaN, knownMs: 1_000, atS: 4 })).toBe(4);
  expect(lengthOf({ measuredS: Number.NaN, knownMs: null, atS: 0 })).toBeGreaterThan(0);
});
