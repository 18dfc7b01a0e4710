import { expect, test } from 'vitest';
import { aPoint } from '#lib/features/quality/testing/a-point.ts';
import { limitWords, measuresOf } from './measures.ts';

const all = [...measuresOf('received'), ...measuresOf('sent')];

test('every measure has a limit within its chart, or says that there is none', () => {
  for (const measure of all) {
    const { limit, range } = measure;
    if (limit === null) expect(limitWords(measure)).toBeNull();
    else {
      expect(limit).toBeGreaterThan(range.min);
      expect(limit).toBeLessThan(range.max);
    }
  }
  expect(measuresOf('received').map(limitWords)).toEqual([
    'bad below 3.1',
    'bad above 13.5',
    'bad above 400',
    'bad below 480',
    'bad below 15',
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('every measure says what it is and what is good', () => {
  expect(new Set(measuresOf('received').map(({ about }) => about())).size).toBe(10);
  for (const { about, label } of all) expect(about().length).toBeGreaterThan(label().length);
});

test('a picture is as fine as its shorter side, whichever way a phone is held', () => {
  const size = measuresOf('received').find(({ limit }) => limit === 480);
  expect(size?.page(aPoint(5, { frameWidth: 360, frameHeight: 640 }))).toBe(360);
  expect(size?.page(aPoint(5, { frameWidth: 640, frameHeight: 360 }))).toBe(360);
  expect(size?.page(aPoint(5, { frameWidth: null, frameHeight: null }))).toBeNull();
});
