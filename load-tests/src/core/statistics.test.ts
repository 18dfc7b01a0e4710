import { describe, expect, it } from 'vitest';
import { median, quantile, sum } from './statistics.ts';

describe('quantile', () => {
  it('interpolates between the two nearest ranks', () => {
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48);
  });

  it('gives the ends of the sample', () => {
    expect(quantile([3, 1, 2], 0)).toBe(1);
    expect(quantile([3, 1, 2], 1)).toBe(3);
  });

  it('refuses an empty sample', () => {
    expect(() => median([])).toThrow('nothing to summarise');
  });

  it('leaves the sample as it was', () => {
    const sample = [3, 1, 2];
    median(sample);
    expect(sample).toEqual([3, 1, 2]);
  });
});

describe('sum', () => {
  it('adds up, and nothing is zero', () => {
    expect(sum([1, 2, 3])).toBe(6);
    expect(sum([])).toBe(0);
  });
});
