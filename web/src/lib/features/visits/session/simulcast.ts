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

/** How many simulcast layers one of so many pictures on the screen deserves (index of the highest). */
export function preferredSpatialLayer(remotePictures: number): 0 | 1 | 2 {
  if (remotePictures <= 2) return 2;
  return remotePictures <= 4 ? 1 : 0;
}
