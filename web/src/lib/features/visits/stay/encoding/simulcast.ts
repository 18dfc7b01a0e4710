import type { RtpParameters, VideoCodec } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';

/**
 * 180 and 360 lines with what libwebrtc aims at for them (`kSimulcastFormatsVP8`), 720 with what it gives 540 and not with
 * its 2,500 kbit/s: all three together stay below 2 Mbit/s.
 */
const LAYERS = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000 },
] as const;

/**
 * What VP9 takes of what VP8 takes for a picture as good: of the bitrates that Jitsi Meet gives 720 lines of each, 1,200
 * and 1,500 kbit/s (lib-jitsi-meet, `StandardVideoQualitySettings`).
 */
const VP9_SHARE = 0.8;

/** Lines of a camera from which there are three layers, as in libwebrtc. */
const THREE_FROM = 540;
/** libwebrtc has 270. Cameras have 240 or 360, and half of 240 lines shows nothing worth its bandwidth. */
const TWO_FROM = 300;
/** For a camera below 288 lines, which has one layer: 480 kbit/s, about what is given to 360. */
const LEAST_SHARE = 0.4;

/**
 * The layers of a camera, in bit/s: in VP8 and H.264 a stream for each (simulcast), lowest first, in VP9 all in one (SVC).
 * There a layer rests on the one below in keyframes only (`_KEY`), so that each goes alone to whoever watches it: what
 * Google Meet and LiveKit send (https://github.com/livekit/client-sdk-js/pull/720). A small camera sends fewer.
 *
 * @param height lines of the camera's picture; unknown counts as 720
 */
export function cameraEncodings(
  height: number | undefined,
  codec: VideoCodec = 'video/VP8',
): types.RtpEncodingParameters[] {
  const lines = height ?? 720;
  const count = lines >= THREE_FROM ? 3 : lines >= TWO_FROM ? 2 : 1;
  const streams = LAYERS.slice(-count).map(({ scaleResolutionDownBy, maxBitrate }) => ({
    scaleResolutionDownBy,
    // A small picture needs less at the top than 720 lines do.
    maxBitrate: Math.round(maxBitrate * Math.min(1, Math.max(LEAST_SHARE, lines / 720))),
    // Of H.264 no server can tell which frames may be left out.
    scalabilityMode: codec === 'video/H264' ? 'L1T1' : 'L1T3',
  }));
  if (codec !== 'video/VP9') return streams;
  return [{ maxBitrate: Math.round(bitrateOf(streams) * VP9_SHARE), scalabilityMode: svcMode(count) }];
}

/** Those of the layers of one stream that are watched, each in the size that it has among all. */
export function svcLayers(
  all: Pick<types.RtpEncodingParameters, 'maxBitrate' | 'scalabilityMode'>,
  highest: number,
): { readonly scalabilityMode: string; readonly scaleResolutionDownBy: number; readonly maxBitrate: number } {
  const layers = spatialLayers(all.scalabilityMode);
  const watched = Math.min(layers, highest + 1);
  const streams = LAYERS.slice(-layers);
  const share = bitrateOf(streams.slice(0, watched)) / bitrateOf(streams);
  return {
    scalabilityMode: svcMode(watched),
    scaleResolutionDownBy: 2 ** (layers - watched),
    maxBitrate: Math.round((all.maxBitrate ?? bitrateOf(streams)) * share),
  };
}

function bitrateOf(streams: readonly { readonly maxBitrate: number }[]): number {
  return streams.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
}

/** So many sizes in one stream (https://www.w3.org/TR/webrtc-svc/). */
function svcMode(layers: number): string {
  return layers > 1 ? `L${String(layers)}T3_KEY` : 'L1T3';
}

function spatialLayers(scalabilityMode = ''): number {
  return Number(/^[LS](\d)/.exec(scalabilityMode)?.[1] ?? 1);
}

/** How many sizes a track may come in. The server says so of what it forwards (https://www.w3.org/TR/webrtc-svc/). */
export function layersOf({ encodings }: Pick<RtpParameters, 'encodings'>): number {
  return spatialLayers(encodings?.[0]?.scalabilityMode);
}

/** Lines of the layers of a camera, lowest first, as {@link cameraEncodings} makes them; one of fewer has the lowest. */
const LINES = [180, 360, 720];
/** Larger by this much no eye sees the difference in a moving picture. */
const STRETCH = 1.2;

/** The lowest layer (its index) that is fine enough for a picture that is shown with so many lines. */
export function layerForLines(lines: number, layers: number): number {
  const fine = LINES.slice(0, layers).findIndex((known) => lines <= known * STRETCH);
  return fine === -1 ? layers - 1 : fine;
}

/**
 * Of so few people everyone is received well enough to be examined, however small the window: American Telemedicine
 * Association, Core Operational Guidelines (May 2014): at least 640 × 480. What is received is also what a visit is
 * graded by.
 */
const EXAMINED_TOGETHER = 2;
const EXAM_LINES = 480;

/** With how many lines a picture is received that is shown with so many; 0 and null as they are. */
export function linesToReceive(lines: number | null, people: number): number | null {
  return lines && people <= EXAMINED_TOGETHER ? Math.max(lines, EXAM_LINES) : lines;
}
