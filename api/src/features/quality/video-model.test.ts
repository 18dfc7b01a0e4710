import { describe, expect, it } from 'vitest';
import { opinionOfPicture } from './video-model.ts';

describe('the opinion model for video telephony', () => {
  // ITU-T G.1070, set 5 of Table B.2, worked out by hand: Ofr 18.417, IOfr 2.950, DFr 1.505, so Icoding 2.799.
  it('says 3.80 of 1 Mbit/s at 30 frames a second', () => {
    expect(opinionOfPicture(1_000_000, 30)).toBeCloseTo(3.8, 2);
  });

  // Ofr 10.677, IOfr 2.403, DFr 1.292; ln(15 / 10.677) = 0.340, so Icoding 2.321.
  it('says 3.32 of 400 kbit/s at 15 frames a second', () => {
    expect(opinionOfPicture(400_000, 15)).toBeCloseTo(3.32, 2);
  });

  // Ofr 31.317, limited to 30, so exp is 1: Icoding is IOfr, 3.459 · (1 − 1 / (1 + (2000 / 178.53) ^ 1.02)).
  it('says 4.19 of 2 Mbit/s at 30 frames a second', () => {
    expect(opinionOfPicture(2_000_000, 30)).toBeCloseTo(4.187, 2);
  });

  it('prefers more bits, and no standstill', () => {
    const opinions = [100_000, 300_000, 800_000, 2_000_000].map((bitrate) => opinionOfPicture(bitrate, 25));
    expect(opinions).toEqual(opinions.toSorted());
    expect(opinionOfPicture(1_000_000, 3)).toBeLessThan(opinionOfPicture(1_000_000, 15));
  });

  it('stays within the scale, whatever it is told', () => {
    for (const [bitrate, frames] of [
      [0, 30],
      [1_000_000, 0],
      [1e9, 240],
      [1, 0.01],
    ] as const) {
      expect(opinionOfPicture(bitrate, frames)).toBeGreaterThanOrEqual(1);
      expect(opinionOfPicture(bitrate, frames)).toBeLessThanOrEqual(5);
    }
  });
});
