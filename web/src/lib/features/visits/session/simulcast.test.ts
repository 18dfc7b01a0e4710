import { describe, expect, it } from 'vitest';
import { cameraEncodings, preferredSpatialLayer } from './simulcast.ts';

describe('cameraEncodings', () => {
  it('sends three layers of a 720 line camera, lowest first', () => {
    expect(
      cameraEncodings(720).map(({ scaleResolutionDownBy, maxBitrate }) => [
        scaleResolutionDownBy,
        maxBitrate,
      ]),
    ).toEqual([
      [4, 150_000],
      [2, 500_000],
      [1, 1_200_000],
    ]);
  });

  it('sends fewer layers of a smaller camera, and always the full picture', () => {
    expect(cameraEncodings(360)).toHaveLength(2);
    expect(cameraEncodings(240)).toHaveLength(1);
    for (const height of [120, 240, 360, 480, 720, 1080]) {
      expect(cameraEncodings(height).at(-1)?.scaleResolutionDownBy).toBe(1);
    }
  });

  it('asks for less at the top of a smaller picture and never for more than the layer allows', () => {
    expect(cameraEncodings(360).at(-1)?.maxBitrate).toBe(600_000);
    expect(cameraEncodings(2160).at(-1)?.maxBitrate).toBe(1_200_000);
  });
});

describe('preferredSpatialLayer', () => {
  it('falls with the number of pictures', () => {
    expect([1, 2, 3, 4, 5, 11].map(preferredSpatialLayer)).toEqual([2, 2, 1, 1, 0, 0]);
  });
});
