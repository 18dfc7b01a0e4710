import type { SeatId, VideoCodec, VisitId } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { Announce } from '../../announce.ts';
import type { RoomSeat } from '../seats/room-seat.ts';
import type { RoomPart } from '../workers/room-part.ts';
import { CodecChoice } from './codec-choice.ts';
import { LayerDemand } from './layer-demand.ts';
import { createReceiverNews, flowsTo, type ReceiverNews } from './receiver-news.ts';
import { SpeakerWatch } from './speaker-watch.ts';

export interface RoomNewsOptions {
  readonly roomId: VisitId;
  /** Where the room has begun. */
  readonly first: RoomPart;
  readonly seats: () => readonly RoomSeat[];
  readonly announce: Announce;
  readonly log: Logger;
}

/** What is told of all seats of a room together: who receives and speaks, and what of their pictures is wanted. */
export class RoomNews {
  readonly #receivers: ReceiverNews;
  readonly #demand: LayerDemand;
  readonly #codecs: CodecChoice;
  readonly #speaker: SpeakerWatch;
  #isClosed = false;

  constructor({ roomId, first, seats, announce, log }: RoomNewsOptions) {
    const inside = (): readonly RoomSeat[] => seats().filter(({ isInside }) => isInside);
    this.#receivers = createReceiverNews(
      roomId,
      () => inside().flatMap(({ id, watching }) => flowsTo(id, watching)),
      announce,
    );
    this.#demand = new LayerDemand({
      roomId,
      tracks: () => seats().flatMap(({ tracks }) => tracks),
      watchers: seats,
      announce,
    });
    this.#codecs = new CodecChoice({ roomId, seats, announce });
    this.#speaker = new SpeakerWatch({
      part: () => first,
      inside,
      onSpeaker: (seatId) => announce('room:speaker', { roomId, seatId }),
      log,
    });
  }

  /** In what a page is to begin with its pictures. */
  beginCodecs(seatId: SeatId): VideoCodec[] {
    return this.#codecs.begin(seatId);
  }

  /** Somebody has come or gone. */
  seatsChanged(): void {
    this.#codecs.changed();
  }

  /** Somebody sends something new. */
  trackAdded(): void {
    this.#demand.changed();
    this.#speaker.look();
  }

  /** Something may flow that did not, or the other way round. */
  flowChanged(): void {
    if (this.#isClosed) return;
    this.#receivers.changed();
    this.#demand.changed();
  }

  /** Somebody may want more or less of a picture than before. */
  wishChanged(): void {
    if (!this.#isClosed) this.#demand.changed();
  }

  /** The page of this seat may have missed anything. */
  entered(seatId: SeatId): void {
    this.flowChanged();
    this.#demand.remind(seatId);
    this.#codecs.remind(seatId);
    this.#speaker.look();
    this.#speaker.remind();
  }

  close(): void {
    this.#isClosed = true;
    this.#receivers.close();
    this.#demand.close();
    this.#codecs.close();
  }
}
