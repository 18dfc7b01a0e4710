import { PictureGate, type PictureVerdict } from './picture-gate.svelte.ts';
import { readPictures, type PictureReading } from './picture-reading.ts';

export interface AudioFirstOptions {
  /** The own picture may be sent again, or no longer. */
  readonly onSending: () => void;
  /** Pictures of others may be received again, or no longer. */
  readonly onReceiving: () => void;
}

/** Which pictures there would be, were the connection good. */
export interface PicturesWanted {
  readonly sent: boolean;
  readonly received: boolean;
}

/**
 * What sound takes (32 kbit/s of Opus, and 27 of headers at 50 packets a second), and not much beside it, in bit/s: the
 * smallest layer of a camera is of no use with less.
 */
const PICTURE_NEEDS = 80_000;

/**
 * Of too little bandwidth sound goes first, and pictures stop. Browsers and the media server share out what they know to
 * be there; but they learn of it from what comes through, and over a connection that is flooded nothing does.
 */
export class AudioFirst {
  readonly sending: PictureGate;
  readonly receiving: PictureGate;
  #before: PictureReading | null = null;

  constructor({ onSending, onReceiving }: AudioFirstOptions) {
    this.sending = new PictureGate(onSending);
    this.receiving = new PictureGate(onReceiving);
  }

  /** Null while the media path is being replaced; the next one starts from nothing. */
  take(reports: readonly RTCStatsReport[] | null, wanted: PicturesWanted): void {
    const now = reports && readPictures(reports);
    const before = this.#before;
    this.#before = now;
    if (!now || !before || now.soundPackets < before.soundPackets) return this.#open();
    this.sending.take(wanted.sent ? verdictOnSending(now) : null);
    this.receiving.take(wanted.received ? verdictOnReceiving(before, now) : null);
  }

  /** There is another way through the network. */
  reset(): void {
    this.#before = null;
    this.#open();
  }

  #open(): void {
    this.sending.reset();
    this.receiving.reset();
  }
}

function verdictOnSending({ availableBitrate }: PictureReading): PictureVerdict {
  return availableBitrate === null || availableBitrate >= PICTURE_NEEDS ? 'carried' : 'short';
}

/** Where not even sound comes through, it is not for want of bandwidth. */
function verdictOnReceiving(before: PictureReading, now: PictureReading): PictureVerdict {
  if (now.frames > before.frames) return 'carried';
  return now.soundPackets > before.soundPackets ? 'short' : null;
}
