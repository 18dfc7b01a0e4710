import type { MediaKind, MediaSource, RtpParameters, SeatId } from '@careconnect/contracts';
import type { types } from 'mediasoup';
import { KEY_FRAME_SPACING_MS } from './key-frames.ts';
import { media, mediaErrors } from './media-errors.ts';
import { toRtpParameters } from './rtp.ts';

/** Camera, microphone, screen with sound, and one of each while a device is being changed. */
export const MAX_TRACKS = 8;

/** Something a seat sends. */
export interface Track {
  readonly seatId: SeatId;
  readonly source: MediaSource;
  readonly producer: types.Producer;
}

export interface TrackOffer {
  readonly kind: MediaKind;
  readonly source: MediaSource;
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
}

export async function createTrack(
  transport: Pick<types.WebRtcTransport, 'produce'>,
  seatId: SeatId,
  { kind, source, rtpParameters, paused }: TrackOffer,
): Promise<Track> {
  if (!canCarry(source, kind)) throw mediaErrors.wrongKind(source, kind);
  const producer = await media(`the ${source}`, () =>
    transport.produce({
      kind,
      rtpParameters: toRtpParameters(rtpParameters),
      paused,
      keyFrameRequestDelay: KEY_FRAME_SPACING_MS,
    }),
  );
  return { seatId, source, producer };
}

/** A shared screen may come with its sound. */
export function canCarry(source: MediaSource, kind: MediaKind): boolean {
  switch (source) {
    case 'microphone':
      return kind === 'audio';
    case 'camera':
      return kind === 'video';
    case 'screen':
      return true;
  }
}
