import { expect, it } from 'vitest';
import { limitLayers } from './layer-limit.ts';

it.each([
  [2, [true, true, true]],
  [0, [true, false, false]],
  [-1, [false, false, false]],
])('sends up to layer %i and none above', async (limit, expected) => {
  let set: RTCRtpSendParameters | null = null;
  const rtpSender = {
    getParameters: () => ({ encodings: [{ active: true }, { active: false }, { active: true }] }),
    setParameters: async (parameters: RTCRtpSendParameters) => void (set = parameters),
  } as unknown as RTCRtpSender;
  await limitLayers({ rtpSender, kind: 'video' }, limit);
  expect(set).toEqual({ encodings: expected.map((active) => ({ active })) });
});
