import { describe, expect, test } from 'vitest';
import { toOrdeal, type CutOff } from './cut-talk.ts';

const well: CutOff = {
  told: { toldMs: 3_000, stillMs: 4_000, coveredMs: 1_000, doctorToldMs: 13_000 },
  back: { goneMs: 500, movingMs: 600, doctorMovingMs: 700 },
  isCalledGood: false,
};

describe('a connection that is cut for a while', () => {
  test('is survived when all are told in time, and everything comes back', () => {
    expect(toOrdeal(well)).toEqual({
      isSurvived: true,
      inWords:
        'patient told after 3000 ms, the picture that they have covered after 4000 ms, theirs covered at the doctor’s after 1000 ms, doctor told after 13000 ms, not called good; ' +
        'after its end nothing said any more after 500 ms, picture of the doctor after 600 ms, of the patient after 700 ms',
      figures: { ...well.told, ...well.back, isCalledGood: false },
    });
  });

  test.each([
    ['somebody is told late', { told: { ...well.told, toldMs: 11_000 } }],
    ['an old picture passes for a live one', { told: { ...well.told, stillMs: null } }],
    ['a picture does not come back', { back: { ...well.back, doctorMovingMs: null } }],
    ['it is called good', { isCalledGood: true }],
  ] satisfies [string, Partial<CutOff>][])('is not when %s', (_what, badly) => {
    expect(toOrdeal({ ...well, ...badly }).isSurvived).toBe(false);
  });
});
