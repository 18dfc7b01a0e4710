import type { RtpCapabilities, SeatId, VideoCodec, VisitId } from '@careconnect/contracts';
import type { Announce } from '../../announce.ts';
import { SenderDemand } from './sender-demand.ts';

/**
 * The best first. VP9 sends all sizes in one stream and looks better at the same bitrate, VP8 is what every browser has
 * (RFC 7742, section 5), H.264 what is left to a device without it.
 */
const BY_MERIT: readonly VideoCodec[] = ['video/VP9', 'video/VP8', 'video/H264'];
/** VP9 costs more to decode, so it is for few pictures at a time (`docs/adr/0012`). */
const VP9_MAX_SEATS = 3;
/** Whoever has gone for a moment comes back to what there was. */
const VP9_AFTER_MS = 5_000;

/** A seat as one that sends, and is shown what others send. */
interface ChoosingSeat {
  readonly id: SeatId;
  readonly rtpCapabilities: RtpCapabilities;
}

interface CodecChoiceOptions {
  readonly roomId: VisitId;
  readonly seats: () => readonly ChoosingSeat[];
  readonly announce: Announce;
}

/**
 * Tells everyone in what the others can be shown their pictures: also those who are still at the door, so that what they
 * need flows when they come in.
 */
export class CodecChoice {
  readonly #seats: CodecChoiceOptions['seats'];
  readonly #demand: SenderDemand<SeatId, VideoCodec[]>;

  constructor({ roomId, seats, announce }: CodecChoiceOptions) {
    this.#seats = seats;
    this.#demand = new SenderDemand({
      find: (seatId) => this.#find(seatId),
      tell: (seatId, videoCodecs) => announce('seat:video-codecs', { roomId, seatId, videoCodecs }),
      // With less somebody sees nothing until then.
      canWait: ([wanted], [told]) => wanted === 'video/VP9' && told !== 'video/VP9',
      waitMs: VP9_AFTER_MS,
    });
  }

  /** What a page is to begin with. */
  begin(seatId: SeatId): VideoCodec[] {
    const codecs = this.#find(seatId);
    this.#demand.begin(seatId, codecs);
    return codecs;
  }

  /** Somebody has come or gone. */
  changed(): void {
    const ids = this.#seats().map(({ id }) => id);
    for (const seatId of this.#demand.senders) {
      if (ids.includes(seatId)) this.#demand.look(seatId);
      else this.#demand.forget(seatId);
    }
  }

  /** Tells a seat again, whose page may have missed something. */
  remind(seatId: SeatId): void {
    this.#demand.remind(seatId);
  }

  close(): void {
    this.#demand.close();
  }

  #find(seatId: SeatId): VideoCodec[] {
    const others = this.#seats().filter(({ id }) => id !== seatId);
    return codecsFor(others.map(({ rtpCapabilities }) => rtpCapabilities));
  }
}

/**
 * In what these can be shown a picture: what most of them decode comes first, and of that the best. For nobody it is
 * nothing that not everybody has: whoever comes may decode less.
 */
export function codecsFor(viewers: readonly RtpCapabilities[]): VideoCodec[] {
  const viewersOf = (codec: VideoCodec): number => viewers.filter((viewer) => decodes(viewer, codec)).length;
  const isForVp9 =
    viewers.length > 0 && viewers.length < VP9_MAX_SEATS && viewersOf('video/VP9') === viewers.length;
  return BY_MERIT.filter((codec) => codec !== 'video/VP9' || isForVp9).toSorted(
    (a, b) => viewersOf(b) - viewersOf(a),
  );
}

function decodes({ codecs }: RtpCapabilities, codec: VideoCodec): boolean {
  return codecs.some(({ mimeType }) => mimeType.toLowerCase() === codec.toLowerCase());
}
