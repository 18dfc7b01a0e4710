import { expect, test } from 'vitest';
import { highestWanted } from './layer-demand.ts';

const inside = { isInside: true, isPaused: false, spatialLayer: 1 };

test('the viewer who wants most decides', () => {
  expect(highestWanted([inside, { ...inside, spatialLayer: 2 }, { ...inside, spatialLayer: 0 }])).toBe(2);
});

test('who has looked away wants nothing, and nobody wants nothing', () => {
  expect(highestWanted([{ ...inside, isPaused: true, spatialLayer: 2 }, inside])).toBe(1);
  expect(highestWanted([{ ...inside, isPaused: true }])).toBe(-1);
  expect(highestWanted([])).toBe(-1);
});

test('for whoever is about to come in the lowest is kept running', () => {
  expect(highestWanted([{ isInside: false, isPaused: true, spatialLayer: 2 }])).toBe(0);
});
