import type { RtpCapabilities, SeatId, VideoCodec, VisitId } from '@careconnect/contracts';
import type { Announce } from '../../announce.ts';

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

interface Told {
  codecs: readonly VideoCodec[];
  timer: NodeJS.Timeout | undefined;
}

/**
 * Tells everyone in what the others can be shown their pictures: also those who are still at the door, so that what they
 * need flows when they come in.
 */
export class CodecChoice {
  readonly #options: CodecChoiceOptions;
  readonly #told = new Map<SeatId, Told>();

  constructor(options: CodecChoiceOptions) {
    this.#options = options;
  }

  /** What a page is to begin with. */
  begin(seatId: SeatId): VideoCodec[] {
    const codecs = this.#wanted(seatId);
    clearTimeout(this.#told.get(seatId)?.timer);
    this.#told.set(seatId, { codecs, timer: undefined });
    return codecs;
  }

  /** Somebody has come or gone. */
  changed(): void {
    const ids = this.#options.seats().map(({ id }) => id);
    for (const [seatId, { timer }] of this.#told) {
      if (ids.includes(seatId)) continue;
      clearTimeout(timer);
      this.#told.delete(seatId);
    }
    for (const seatId of ids) this.#look(seatId);
  }

  /** Tells a seat again, whose page may have missed something. */
  remind(seatId: SeatId): void {
    const told = this.#told.get(seatId);
    if (told) this.#announce(seatId, told.codecs);
  }

  close(): void {
    for (const { timer } of this.#told.values()) clearTimeout(timer);
    this.#told.clear();
  }

  /** Less is told at once: somebody sees nothing until then. */
  #look(seatId: SeatId): void {
    const told = this.#told.get(seatId);
    if (!told) return;
    const wanted = this.#wanted(seatId);
    const isUpgrade = wanted[0] === 'video/VP9' && told.codecs[0] !== 'video/VP9';
    if (isUpgrade) {
      told.timer ??= setTimeout(() => {
        told.timer = undefined;
        this.#tell(seatId, told, this.#wanted(seatId));
      }, VP9_AFTER_MS);
      return;
    }
    clearTimeout(told.timer);
    told.timer = undefined;
    this.#tell(seatId, told, wanted);
  }

  #tell(seatId: SeatId, told: Told, codecs: readonly VideoCodec[]): void {
    if (codecs.join() === told.codecs.join()) return;
    told.codecs = codecs;
    this.#announce(seatId, codecs);
  }

  #announce(seatId: SeatId, codecs: readonly VideoCodec[]): void {
    const { roomId, announce } = this.#options;
    announce('seat:video-codecs', { roomId, seatId, videoCodecs: [...codecs] });
  }

  #wanted(seatId: SeatId): VideoCodec[] {
    const others = this.#options.seats().filter(({ id }) => id !== seatId);
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
