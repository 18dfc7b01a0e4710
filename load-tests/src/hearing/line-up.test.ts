import { expect, test } from 'vitest';
import { lineUp } from './line-up.ts';
import { stoi } from './stoi.ts';
import { noise, syllables } from './test-sounds.ts';

const MS = 10; // samples
const loop = syllables(6);

function scoreOf(heard: Float64Array): number | null {
  const linedUp = lineUp(loop, heard);
  return linedUp && stoi(linedUp.said, linedUp.heard);
}

function concat(...parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

test('finds a piece from the middle that goes on at the beginning of what is said again', () => {
  expect(scoreOf(concat(loop.subarray(4_000 * MS), loop.subarray(0, 2_000 * MS)))).toBeCloseTo(1, 2);
});

test('follows a jitter buffer that waits, and one that hurries', () => {
  const waited = concat(loop.subarray(0, 2_000 * MS), loop.subarray(1_940 * MS, 4_000 * MS));
  expect(scoreOf(waited)).toBeGreaterThan(0.9);
  const hurried = concat(loop.subarray(0, 2_000 * MS), loop.subarray(2_060 * MS, 5_000 * MS));
  expect(scoreOf(hurried)).toBeGreaterThan(0.9);
});

test('follows a jitter buffer that catches up all the time', () => {
  const hurried = concat(
    ...Array.from({ length: 40 }, (_, piece) => loop.subarray(piece * 110 * MS, (piece * 110 + 100) * MS)),
  );
  expect(scoreOf(hurried)).toBeGreaterThan(0.8);
});

test('keeps the delay where nothing of what is said comes, which then counts as not understood', () => {
  const torn = loop.slice(0, 5_000 * MS);
  torn.fill(0, 1_500 * MS, 3_000 * MS);
  const score = scoreOf(torn);
  expect(score).toBeGreaterThan(0.4);
  expect(score).toBeLessThan(0.9);
});

test('is not misled by a piece that belongs elsewhere, however sure that one is of its place', () => {
  const hiss = noise(5, 3);
  const heard = loop.slice(0, 5_000 * MS).map((value, at) => value + 0.3 * (hiss[at] ?? 0));
  const score = scoreOf(heard);
  heard.set(loop.subarray(4_400 * MS, 4_800 * MS), 2_000 * MS);
  expect(scoreOf(heard)).toBeGreaterThan(0.8 * (score ?? 1));
});

test('finds nothing in what is something else', () => {
  expect(scoreOf(noise(5, 9))).toBeNull();
  expect(scoreOf(new Float64Array(5_000 * MS))).toBeNull();
});

test('ends, with what resembles itself everywhere', () => {
  const period = noise(1, 4).subarray(0, 5 * MS);
  const hum = Float64Array.from({ length: 3_000 * MS }, (_, at) => period[at % period.length] ?? 0);
  expect(lineUp(hum, hum.slice(1_000 * MS))?.said.length).toBeGreaterThan(0);
});
