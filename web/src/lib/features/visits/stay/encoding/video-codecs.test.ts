import { ROUTER_RTP_CAPABILITIES, type MediaSource, type VideoCodecs } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { encodableCodecs, pickCodec } from './video-codecs.ts';

const all = ROUTER_RTP_CAPABILITIES as types.RtpCapabilities;
const FIT = encodableCodecs(all, { encodesVp9: true });
const WEAK = encodableCodecs(all, { encodesVp9: false });
const WITHOUT_VP8 = encodableCodecs(
  { codecs: all.codecs?.filter(({ mimeType }) => mimeType !== 'video/VP8') ?? [] },
  { encodesVp9: false },
);
const ANY: VideoCodecs = ['video/VP9', 'video/VP8', 'video/H264'];
const OLD: VideoCodecs = ['video/H264', 'video/VP8'];

it.each<[string, MediaSource, VideoCodecs, typeof FIT, string | null]>([
  ['the best that both ends do well', 'camera', ANY, FIT, 'video/VP9'],
  ['the common one from a device that does VP9 badly', 'camera', ANY, WEAK, 'video/VP8'],
  ['what most can be shown', 'camera', OLD, FIT, 'video/H264'],
  ['what there is on a device that has little', 'camera', ANY, WITHOUT_VP8, 'video/H264'],
  ['a screen never in VP9', 'screen', ANY, FIT, 'video/VP8'],
  ['a screen in what the others have', 'screen', OLD, FIT, 'video/H264'],
  ['nothing in particular where nothing fits', 'camera', ['video/VP9'], WEAK, null],
])('sends %s', (_what, source, wanted, encodable, codec) => {
  expect(pickCodec(source, wanted, encodable)).toBe(codec);
});
