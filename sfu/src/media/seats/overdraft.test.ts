import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Overdraft, type SendingState } from './overdraft.ts';

const ALLOWED = 4_000_000;
const LOOK_S = 2;

interface Look {
  /** What has come since the look before, in multiples of what is allowed. */
  readonly share: number;
  readonly seconds?: number;
}

function bytesOf({ share, seconds = LOOK_S }: Look): number {
  return Math.floor((share * ALLOWED * seconds) / 8);
}

/** How it looks after each look. */
function statesOf(looks: readonly Look[], overdraft = new Overdraft()): SendingState[] {
  let atMs = 1_000_000;
  overdraft.count({ bytes: 0, atMs }, ALLOWED);
  return looks.map((look) => {
    atMs += (look.seconds ?? LOOK_S) * 1_000;
    overdraft.count({ bytes: bytesOf(look), atMs }, ALLOWED);
    return overdraft.state;
  });
}

const steadily = (...shares: readonly number[]): Look[] => shares.map((share) => ({ share }));

test('whoever stays within what is allowed is never touched, however long and however they are looked at', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const looks = fc.array(fc.record({ share, seconds: fc.integer({ min: 1, max: 60 }) }));
  fc.assert(
    fc.property(looks, (spread) => {
      expect(statesOf(spread).filter((state) => state !== 'within')).toEqual([]);
    }),
  );
});

test('a burst is no flood: four times what is allowed for a second, every ten seconds', () => {
  const second = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0].map((share) => ({ share, seconds: 1 }));
  expect(new Set(statesOf(Array.from({ length: 20 }, () => second).flat()))).toEqual(new Set(['within']));
});

test('who sends twice as much is held back after five seconds, and has flooded after ten', () => {
  expect(statesOf(steadily(2, 2, 2, 2, 2, 2))).toEqual([
    'within',
    'within',
    'held-back',
    'held-back',
    'held-back',
    'flooded',
  ]);
});

test('who ceases is let go on when all has been made good for', () => {
  expect(statesOf(steadily(4, 0, 0, 0, 1))).toEqual([
    'held-back',
    'held-back',
    'held-back',
    'within',
    'within',
  ]);
});

test('a flood that pauses in between ends as well', () => {
  const pausing = Array.from({ length: 30 }, (_, look) => (look % 2 === 0 ? 5 : 0));
  expect(statesOf(steadily(...pausing)).at(-1)).toBe('flooded');
});

test('nothing is left of the mightiest flood a minute after it', () => {
  expect(statesOf([{ share: 1_000 }, { share: 0, seconds: 59 }, { share: 0, seconds: 1 }])).toEqual([
    'flooded',
    'flooded',
    'within',
  ]);
});

test('time counts once, through however many transports somebody sends', () => {
  const overdraft = new Overdraft();
  overdraft.count({ bytes: 0, atMs: 0 }, ALLOWED);
  for (const atMs of [10_000, 9_000, 10_000]) {
    overdraft.count({ bytes: bytesOf({ share: 1, seconds: 7 }), atMs }, ALLOWED);
  }
  // 21 seconds' worth in ten.
  expect(overdraft.state).toBe('flooded');
});

test('whatever anybody does, no more gets in than what is allowed and ten seconds of it, and one look', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1 }), (shares) => {
      const states = statesOf(steadily(...shares));
      const end = states.indexOf('flooded');
      const sent = shares
        .slice(0, end === -1 ? undefined : end)
        .reduce((sum, share) => sum + share * LOOK_S, 0);
      const looked = (end === -1 ? shares.length : end) * LOOK_S;
      expect(sent).toBeLessThanOrEqual(looked + 10 + 1e-3);
    }),
  );
});
