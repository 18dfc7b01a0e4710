import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Overdraft, type SendingState } from './overdraft.ts';

const ALLOWED = 4_000_000;
const LOOK_S = 2;

/** How it looks after each look at somebody who sends as much, in multiples of what is allowed. */
function statesOf(shares: readonly number[], seconds = LOOK_S): SendingState[] {
  const overdraft = new Overdraft();
  return shares.map((share) => overdraft.count((share * ALLOWED * seconds) / 8, seconds, ALLOWED));
}

test('whoever stays within what is allowed is never touched, however long and however they are looked at', () => {
  const looks = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 })),
  );
  fc.assert(
    fc.property(looks, (spread) => {
      const overdraft = new Overdraft();
      const states = spread.map(([share, seconds]) =>
        overdraft.count(Math.floor((share * ALLOWED * seconds) / 8), seconds, ALLOWED),
      );
      expect(states.filter((state) => state !== 'within')).toEqual([]);
    }),
  );
});

test('a burst is no flood: four times what is allowed for a second, every ten seconds', () => {
  const second = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  expect(new Set(statesOf(Array.from({ length: 20 }, () => second).flat(), 1))).toEqual(new Set(['within']));
});

test('who sends twice as much is held back after five seconds, and has flooded after ten', () => {
  expect(statesOf([2, 2, 2, 2, 2, 2])).toEqual([
    'within',
    'within',
    'held-back',
    'held-back',
    'held-back',
    'flooded',
  ]);
});

test('who ceases is let go on when all has been made good for', () => {
  expect(statesOf([4, 0, 0, 0, 1])).toEqual(['held-back', 'held-back', 'held-back', 'within', 'within']);
});

test('a flood that pauses in between ends as well', () => {
  expect(statesOf(Array.from({ length: 30 }, (_, look) => (look % 2 === 0 ? 5 : 0))).at(-1)).toBe('flooded');
});

test('whatever anybody does, no more gets in than what is allowed and ten seconds of it, and one look', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1 }), (shares) => {
      const states = statesOf(shares);
      const end = states.indexOf('flooded');
      const sent = shares
        .slice(0, end === -1 ? undefined : end)
        .reduce((sum, share) => sum + share * LOOK_S, 0);
      const looked = (end === -1 ? shares.length : end) * LOOK_S;
      expect(sent).toBeLessThanOrEqual(looked + 10 + 1e-6);
    }),
  );
});
