import { describe, expect, it } from 'vitest';
import { CONCEALED_SHARE_MAX, SOUND_MOS_MIN } from '@careconnect/contracts';
import { impairmentOfDelay, impairmentOfLoss, opinionOf, RATING_ADEQUATE, rateSpeech } from './e-model.ts';

describe('the E-model', () => {
  // ITU-T G.107, Annex B, Table B.1: lower limits of R and of MOS-CQE of its bands of user satisfaction.
  it.each([
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('says of R = %d the opinion %d', (rating, opinion) => {
    // Its table rounds up where the formula says 4.024.
    expect(Math.abs(opinionOf(rating) - opinion)).toBeLessThan(0.01);
  });

  it('gives the defaults R = 93.2 and 4.41 (ITU-T G.107, 7.7)', () => {
    expect(rateSpeech(0, 0).rating).toBe(93.2);
    expect(opinionOf(93.2)).toBeCloseTo(4.41, 2);
  });

  it('has the limits that charts draw', () => {
    expect(opinionOf(RATING_ADEQUATE)).toBeCloseTo(SOUND_MOS_MIN, 6);
    expect(rateSpeech(0, CONCEALED_SHARE_MAX).rating).toBeCloseTo(RATING_ADEQUATE, 1);
  });

  it('stays within the scale', () => {
    expect([opinionOf(-5), opinionOf(3), opinionOf(0), opinionOf(120)]).toEqual([1, 1, 1, 4.5]);
    expect(rateSpeech(60_000, 1).rating).toBe(0);
  });

  // Worked out from the formula of G.107, 7.4: at twice mT X is 1, at four times mT it is 2.
  it.each([
    [100, 0],
    [200, 25 * (2 ** (1 / 6) - 3 * (1 + 1 / 729) ** (1 / 6) + 2)],
    [400, 25 * (65 ** (1 / 6) - 3 * (1 + 64 / 729) ** (1 / 6) + 2)],
  ])('takes off for a delay of %d ms what the formula says', (delay, impairment) => {
    expect(impairmentOfDelay(delay)).toBeCloseTo(impairment, 10);
  });

  it('takes off 3.0 for 200 ms and 24.1 for 400 ms', () => {
    expect(impairmentOfDelay(200)).toBeCloseTo(3.04, 1);
    expect(impairmentOfDelay(400)).toBeCloseTo(24.07, 1);
    expect(impairmentOfDelay(20)).toBe(0);
  });

  // G.107, 7.5 with Ie = 0, Bpl = 25.1: 95 · 2 / 27.1 and 95 · 10 / 35.1.
  it.each([
    [0, 0],
    [0.02, 7.011],
    [0.1, 27.066],
  ])('takes off for a loss of %d what the formula says', (loss, impairment) => {
    expect(impairmentOfLoss(loss)).toBeCloseTo(impairment, 3);
  });
});
