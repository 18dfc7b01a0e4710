import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { limitSending, type SendingLimits } from './sending-limits.ts';

const CAMERA = {
  appData: { source: 'camera' },
  track: null as MediaStreamTrack | null,
  rtpParameters: { encodings: [] as types.RtpEncodingParameters[] } as types.RtpParameters,
};
const SVC = {
  ...CAMERA,
  rtpParameters: {
    encodings: [{ scalabilityMode: 'L3T3_KEY', maxBitrate: 1_480_000 }],
  } as types.RtpParameters,
};

it.each([
  [2, [true, true, true]],
  [0, [true, false, false]],
  [-1, [false, false, false]],
])('sends up to layer %i and none above', async (maxSpatialLayer, expected) => {
  const encodings = await limited('video', 3, { maxSpatialLayer, savesData: false });
  expect(encodings.map(({ active }) => active)).toEqual(expected);
});

it('sends the smallest picture with fewer frames, and less sound, to save data', async () => {
  const saving = { maxSpatialLayer: 2, savesData: true };
  const pictures = await limited('video', 3, saving);
  expect(pictures.map(({ active }) => active)).toEqual([true, false, false]);
  expect(pictures[0]?.maxFramerate).toBe(15);
  expect(await limited('audio', 1, saving)).toMatchObject([{ active: true, maxBitrate: 18_000 }]);
  expect(await limited('audio', 1, { ...saving, savesData: false })).toMatchObject([{ maxBitrate: 32_000 }]);
});

it.each([
  [2, { active: true, scalabilityMode: 'L3T3_KEY', scaleResolutionDownBy: 1, maxBitrate: 1_480_000 }],
  [1, { active: true, scalabilityMode: 'L2T3_KEY', scaleResolutionDownBy: 2, maxBitrate: 520_000 }],
  [0, { active: true, scalabilityMode: 'L1T3', scaleResolutionDownBy: 4, maxBitrate: 120_000 }],
  [-1, { active: false }],
  [Infinity, { active: true, scalabilityMode: 'L3T3_KEY', scaleResolutionDownBy: 1, maxBitrate: 1_480_000 }],
])('makes up to layer %i of one stream, each in its size', async (maxSpatialLayer, expected) => {
  const encodings = await limited('video', 1, { maxSpatialLayer, savesData: false }, SVC);
  expect(encodings).toEqual([{ maxFramerate: 30, ...expected }]);
});

it('sends the smallest layer of one stream to save data', async () => {
  const [picture] = await limited('video', 1, { maxSpatialLayer: 2, savesData: true }, SVC);
  expect(picture).toMatchObject({ scalabilityMode: 'L1T3', maxBitrate: 120_000, maxFramerate: 15 });
});

it('saves nothing where nobody watches anyway', async () => {
  const [picture] = await limited('video', 1, { maxSpatialLayer: -1, savesData: true });
  expect(picture?.active).toBe(false);
});

it.each([
  ['detail', 5],
  ['motion', 30],
])('sends a screen as %s with %i frames a second, whole also to save data', async (contentHint, frames) => {
  const source = { ...CAMERA, appData: { source: 'screen' }, track: { contentHint } as MediaStreamTrack };
  const [picture] = await limited('video', 1, { maxSpatialLayer: 0, savesData: true }, source);
  expect(picture).toEqual({ active: true, maxFramerate: frames });
});

async function limited(kind: 'audio' | 'video', layers: number, limits: SendingLimits, source = CAMERA) {
  let set: RTCRtpSendParameters | null = null;
  const rtpSender = {
    getParameters: () => ({ encodings: Array.from({ length: layers }, () => ({ active: true })) }),
    setParameters: async (parameters: RTCRtpSendParameters) => void (set = parameters),
  } as unknown as RTCRtpSender;
  await limitSending({ rtpSender, kind, ...source }, limits);
  return (set as unknown as RTCRtpSendParameters).encodings;
}
