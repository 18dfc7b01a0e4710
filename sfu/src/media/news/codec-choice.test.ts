import { ROUTER_RTP_CAPABILITIES, type RtpCapabilities, type VideoCodec } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { codecsFor } from './codec-choice.ts';

const VP9 = 'video/VP9';
const VP8 = 'video/VP8';
const H264 = 'video/H264';
const ALL = [VP9, VP8, H264] as const;

test.each<{ who: string; viewers: readonly (readonly VideoCodec[])[]; codecs: readonly VideoCodec[] }>([
  { who: 'nobody yet', viewers: [], codecs: [VP8, H264] },
  { who: 'one who decodes all of them well', viewers: [ALL], codecs: [VP9, VP8, H264] },
  { who: 'two who do', viewers: [ALL, ALL], codecs: [VP9, VP8, H264] },
  { who: 'a group', viewers: [ALL, ALL, ALL], codecs: [VP8, H264] },
  { who: 'one who is better off without VP9', viewers: [[VP8, H264]], codecs: [VP8, H264] },
  { who: 'one of two who is', viewers: [ALL, [VP8, H264]], codecs: [VP8, H264] },
  { who: 'one who has nothing but H.264', viewers: [[H264]], codecs: [H264, VP8] },
  { who: 'one of many who has nothing but H.264', viewers: [ALL, ALL, [H264]], codecs: [H264, VP8] },
  { who: 'one who has nothing but VP8', viewers: [ALL, [VP8]], codecs: [VP8, H264] },
  { who: 'two who have nothing in common', viewers: [[VP8], [H264]], codecs: [VP8, H264] },
])('pictures for $who', ({ viewers, codecs }) => {
  expect(codecsFor(viewers.map(capable))).toEqual(codecs);
});

test('names of codecs are the same in capitals and in small letters', () => {
  const { codecs } = ROUTER_RTP_CAPABILITIES;
  const quiet = codecs.map((codec) => ({ ...codec, mimeType: codec.mimeType.toLowerCase() }));
  expect(codecsFor([{ codecs: quiet, headerExtensions: [] }])[0]).toBe(VP9);
});

function capable(known: readonly string[]): RtpCapabilities {
  const { codecs, headerExtensions } = ROUTER_RTP_CAPABILITIES;
  return { codecs: codecs.filter(({ mimeType }) => known.includes(mimeType)), headerExtensions };
}
