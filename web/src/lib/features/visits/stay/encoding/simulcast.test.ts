import { describe, expect, it } from 'vitest';
import { cameraEncodings, layerForLines, layersOf, linesToReceive } from './simulcast.ts';

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

describe('cameraEncodings of other codecs', () => {
  it('puts all layers into one stream of VP9, in fewer bits', () => {
    expect(cameraEncodings(720, 'video/VP9')).toEqual([
      { maxBitrate: 1_480_000, scalabilityMode: 'L3T3_KEY' },
    ]);
    expect(cameraEncodings(360, 'video/VP9')).toEqual([{ maxBitrate: 680_000, scalabilityMode: 'L2T3_KEY' }]);
    expect(cameraEncodings(240, 'video/VP9')).toEqual([{ maxBitrate: 384_000, scalabilityMode: 'L1T3' }]);
  });

  it('sends H.264 as VP8, without layers in time', () => {
    const inVp8 = cameraEncodings(720);
    expect(cameraEncodings(720, 'video/H264')).toEqual(
      inVp8.map((encoding) => ({ ...encoding, scalabilityMode: 'L1T1' })),
    );
  });
});

describe('layerForLines', () => {
  it('takes the lowest layer that is fine enough for what is shown', () => {
    expect([90, 200, 220, 430, 440, 2_000].map((lines) => layerForLines(lines, 3))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  it('takes the best of a camera that has fewer', () => {
    expect([90, 300, 2_000].map((lines) => layerForLines(lines, 2))).toEqual([0, 1, 1]);
    expect(layerForLines(2_000, 1)).toBe(0);
  });
});

describe('layersOf', () => {
  it('reads how many the server forwards, and takes one for none said', () => {
    expect(layersOf({ encodings: [{ ssrc: 1, scalabilityMode: 'L3T3' }] })).toBe(3);
    expect(layersOf({ encodings: [{ ssrc: 1 }] })).toBe(1);
    expect(layersOf({})).toBe(1);
  });
});

describe('linesToReceive', () => {
  it('keeps the picture of one or two people fit for an examination in a small window', () => {
    expect(layerForLines(linesToReceive(200, 1) ?? 0, 3)).toBe(2);
    expect(layerForLines(linesToReceive(200, 2) ?? 0, 3)).toBe(2);
    expect(layerForLines(linesToReceive(200, 3) ?? 0, 3)).toBe(0);
  });

  it('asks for nothing of what nobody sees, or is not known yet', () => {
    expect(linesToReceive(0, 1)).toBe(0);
    expect(linesToReceive(null, 1)).toBeNull();
  });
});
