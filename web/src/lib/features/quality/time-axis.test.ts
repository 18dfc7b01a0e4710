import { expect, test } from 'vitest';
import { aPoint } from './testing/a-point.ts';
import { axisOf, isGap, linePath, xOf, yOf } from './time-axis.ts';
import type { ParticipantQuality } from '@careconnect/contracts';

const of = (seconds: number[], delay: number | null = 50) =>
  ({ timeline: seconds.map((end) => aPoint(end, { delay })) }) as ParticipantQuality;

test('all charts of a visit share the time from the first measure of anybody to the last', () => {
  const axis = axisOf({ participants: [of([10, 15]), of([20])] });
  expect(axis && axis.until - axis.from).toBe(15_000);
  expect(axis && [xOf(axis.from, axis), xOf(axis.until, axis)]).toEqual([0, 600]);
  expect(axisOf({ participants: [] })).toBeNull();
});

test('a line breaks where nothing was measured, and never leaves its plot', () => {
  const { timeline } = of([5, 10]);
  const axis = axisOf({ participants: [of([5, 60])] }) ?? { from: 0, until: 0 };
  expect(linePath(timeline, ({ delay }) => delay, axis, { min: 0, max: 100 })).toBe('M0 50L50 50L100 50');
  expect(linePath(of([5, 60]).timeline, ({ delay }) => delay, axis, { min: 0, max: 10 })).toBe(
    'M0 0L50 0M550 0L600 0',
  );
  expect(linePath(of([5, 10], null).timeline, ({ delay }) => delay, axis, { min: 0, max: 10 })).toBe('');
});

test('a range has its bottom and its top at the edges of the plot, and so has what is beyond it', () => {
  const opinions = { min: 1, max: 5 };
  expect([1, 3, 5, 0, 9].map((value) => yOf(value, opinions))).toEqual([100, 50, 0, 100, 0]);
});

test('a gap is longer than three periods', () => {
  expect(isGap(aPoint(5), aPoint(25))).toBe(false);
  expect(isGap(aPoint(5), aPoint(26))).toBe(true);
});
