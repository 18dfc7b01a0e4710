import { sendingPairs, statsOf, sumOf } from './stats.ts';

/** What tells whether a connection carries pictures beside sound, counted since the media path was made. */
export interface PictureReading {
  /** For all that this page sends, in bit/s; null in a browser that does not tell. */
  readonly availableBitrate: number | null;
  /** Of others' pictures. */
  readonly frames: number;
  /** Of others' sound. */
  readonly soundPackets: number;
}

export function readPictures(reports: readonly RTCStatsReport[]): PictureReading {
  const received = statsOf(reports, 'inbound-rtp');
  const pictures = received.filter(({ kind }) => kind === 'video');
  const sound = received.filter(({ kind }) => kind === 'audio');
  const bitrates = sendingPairs(reports).flatMap(
    ({ availableOutgoingBitrate }) => availableOutgoingBitrate ?? [],
  );
  return {
    availableBitrate: bitrates.at(-1) ?? null,
    frames: sumOf(pictures, ({ framesDecoded }) => framesDecoded),
    soundPackets: sumOf(sound, ({ packetsReceived }) => packetsReceived),
  };
}
