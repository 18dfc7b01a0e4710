import { expect, test } from 'vitest';
import { concealedShare, waitOf, type SoundSamples } from './heard-sound.ts';

const heard = (played: number, concealed: number, silent: number): SoundSamples => ({
  played,
  concealed,
  silent,
  waited: 0,
  emitted: 0,
});

const waiting = (emitted: number, waited: number): SoundSamples => ({
  ...heard(emitted, 0, 0),
  emitted,
  waited,
});

test('counts what was made up between two readings, silence apart', () => {
  const before = new Map([['one', heard(48_000, 900, 100)]]);
  const after = new Map([['one', heard(96_000, 6_900, 1_300)]]);
  expect(concealedShare(before, after)).toBe(0.1);
});

test('counts a stream that began meanwhile from its beginning, and forgets one that has gone', () => {
  const before = new Map([['old', heard(48_000, 40_000, 0)]]);
  const after = new Map([['new', heard(1_000, 250, 50)]]);
  expect(concealedShare(before, after)).toBe(0.2);
});

test.each([
  ['no stream', new Map<string, SoundSamples>()],
  ['a stream that stands still', new Map([['one', heard(500, 20, 0)]])],
])('has no figure for %s', (_what, after) => {
  expect(concealedShare(new Map([['one', heard(500, 20, 0)]]), after)).toBeNull();
});

test('tells how long sound waited between two readings, of the stream that waited longest', () => {
  const before = new Map([
    ['one', waiting(48_000, 2_400)],
    ['gone quiet', waiting(48_000, 96_000)],
  ]);
  const after = new Map([
    ['one', waiting(96_000, 2_400 + 48_000 * 0.05)],
    ['gone quiet', waiting(48_000, 96_000)],
    ['new', waiting(1_000, 1_000 * 1.5)],
  ]);
  expect(waitOf(before, after)).toBe(1_500);
  after.delete('new');
  expect(waitOf(before, after)).toBeCloseTo(50);
  expect(waitOf(after, after)).toBeNull();
});
