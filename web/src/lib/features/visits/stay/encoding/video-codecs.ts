import { VideoCodec, type MediaSource, type VideoCodecs } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';

/** What this device encodes well. */
export type EncodableCodecs = ReadonlyMap<VideoCodec, types.RtpCodecCapability>;

/** @param encodesVp9 - well enough to be asked for it (`vp9-fitness.ts`) */
export function encodableCodecs(
  { codecs = [] }: types.RtpCapabilities,
  { encodesVp9 }: { readonly encodesVp9: boolean },
): EncodableCodecs {
  return new Map(
    codecs.flatMap((codec) => {
      const known = VideoCodec.options.find((name) => name.toLowerCase() === codec.mimeType.toLowerCase());
      return known && (known !== 'video/VP9' || encodesVp9) ? [[known, codec] as const] : [];
    }),
  );
}

export function withoutVp9(encodable: EncodableCodecs): EncodableCodecs {
  return new Map([...encodable].filter(([codec]) => codec !== 'video/VP9'));
}

/**
 * In what a picture is sent: the first that the others are best shown and this device encodes well. A screen goes without
 * VP9, which Chromium encodes badly where a screen has layers (https://github.com/livekit/client-sdk-js/pull/882), and
 * which would cost a device more for a screen of any size.
 */
export function pickCodec(
  source: MediaSource,
  wanted: VideoCodecs,
  encodable: EncodableCodecs,
): VideoCodec | null {
  return (
    wanted.find((codec) => encodable.has(codec) && (codec !== 'video/VP9' || source === 'camera')) ?? null
  );
}
