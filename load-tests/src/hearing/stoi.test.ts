import { describe, expect, test } from 'vitest';
import { stoi, wordsUnderstood } from './stoi.ts';
import { noise, syllables } from './test-sounds.ts';

const clean = syllables(3);

describe('how well speech is understood', () => {
  // From a second implementation, written apart from this one with numpy.
  test.each([
    [0, 1],
    [0.1, 0.943_757_159],
    [0.3, 0.802_696_209],
    [1, 0.550_468_018],
  ])('beside noise of %d is known', (loudness, expected) => {
    const disturbance = noise(3, 7);
    const heard = clean.map((value, index) => value + loudness * (disturbance[index] ?? 0));
    expect(stoi(clean, heard)).toBeCloseTo(expected, 7);
  });

  test('does not depend on how loud it is heard', () => {
    expect(
      stoi(
        clean,
        clean.map((value) => value / 8),
      ),
    ).toBeCloseTo(1, 6);
  });

  test('is little where something else is heard, from which hardly a word would be understood', () => {
    const score = stoi(clean, noise(3, 3)) ?? 1;
    expect(score).toBeLessThan(0.45);
    expect(wordsUnderstood(score)).toBeLessThan(0.15);
  });

  test('has no figure for less than a segment of speech', () => {
    expect(stoi(clean.subarray(0, 3_000), clean.subarray(0, 3_000))).toBeNull();
  });
});

test('more words are understood the better the score', () => {
  const words = [0.4, 0.6, 0.75, 0.9].map(wordsUnderstood);
  expect(words).toEqual(words.toSorted((one, other) => one - other));
  expect(words[2]).toBeCloseTo(0.97, 2);
});
