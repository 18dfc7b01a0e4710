import { expect, test } from 'vitest';
import { toOrdeal } from './relay-restarts.ts';

const one = { gapMs: 2_000, backMs: 500 };

test('restarts that were all survived are summed up', () => {
  const { isSurvived, figures } = toOrdeal([one, { gapMs: 3_000, backMs: 700 }, one]);
  expect(isSurvived).toBe(true);
  expect(figures).toEqual({
    restarts: 3,
    backMs: { p50: 500, p95: 680 },
    gapMs: { p50: 2_000, p95: 2_900 },
  });
});

test('one without a picture afterwards has no figures', () => {
  expect(toOrdeal([one, null])).toMatchObject({ isSurvived: false, figures: { restarts: 2, backMs: null } });
});
