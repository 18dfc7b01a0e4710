import type { MediaKind } from '@careconnect/contracts';

/** What tells whether a connection carries pictures beside sound, counted since the media path was made. */
export interface PictureReading {
  /** For all that this page sends, in bit/s; null in a browser that does not tell. */
  readonly availableBitrate: number | null;
  /** Of others' pictures. */
  readonly frames: number;
  /** Of others' sound. */
  readonly soundPackets: number;
}

type Stat = RTCStats & {
  readonly kind?: MediaKind;
  readonly framesDecoded?: number;
  readonly packetsReceived?: number;
  readonly nominated?: boolean;
  readonly availableOutgoingBitrate?: number;
};

export function readPictures(reports: readonly RTCStatsReport[]): PictureReading {
  let availableBitrate: number | null = null;
  let frames = 0;
  let soundPackets = 0;
  for (const report of reports) {
    const stats: Stat[] = [...report.values()] as Stat[];
    // The other direction has a guess of its own, which nothing ever puts to the test.
    const isSending = stats.some(({ type }) => type === 'outbound-rtp');
    for (const { type, kind, framesDecoded, packetsReceived, nominated, availableOutgoingBitrate } of stats) {
      if (type === 'inbound-rtp' && kind === 'video') frames += framesDecoded ?? 0;
      if (type === 'inbound-rtp' && kind === 'audio') soundPackets += packetsReceived ?? 0;
      if (type === 'candidate-pair' && nominated && isSending)
        availableBitrate = availableOutgoingBitrate ?? availableBitrate;
    }
  }
  return { availableBitrate, frames, soundPackets };
}
