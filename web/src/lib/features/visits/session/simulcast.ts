import type { RtpParameters } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';

const LAYERS = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000 },
] as const;

/**
 * The simulcast layers of a camera, lowest first, in bit/s. A layer below about 160 lines shows
 * nothing worth its bandwidth, so a small camera sends fewer.
 *
 * @param height lines of the camera's picture; unknown counts as 720
 */
export function cameraEncodings(height: number | undefined): types.RtpEncodingParameters[] {
  const lines = height ?? 720;
  const count = lines >= 540 ? 3 : lines >= 300 ? 2 : 1;
  return LAYERS.slice(-count).map(({ scaleResolutionDownBy, maxBitrate }) => ({
    scaleResolutionDownBy,
    // A small picture needs less at the top than 720 lines do.
    maxBitrate: Math.round(maxBitrate * Math.min(1, Math.max(0.4, lines / 720))),
    scalabilityMode: 'L1T3',
  }));
}

/** How many sizes a track may come in. The server says so of what it forwards (https://www.w3.org/TR/webrtc-svc/). */
export function layersOf({ encodings }: Pick<RtpParameters, 'encodings'>): number {
  const [, layers] = /^[LS](\d)/.exec(encodings?.[0]?.scalabilityMode ?? '') ?? [];
  return layers ? Number(layers) : 1;
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
