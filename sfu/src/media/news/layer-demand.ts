import type { SeatId, VisitId } from '@careconnect/contracts';
import { NO_LAYER } from '@careconnect/contracts';
import type { Announce } from '../../announce.ts';
import { isLayered } from '../pictures/layer-choice.ts';
import type { Watching } from '../seats/room-seat.ts';
import { topLayer, type Track } from '../seats/tracks.ts';
import { SenderDemand } from './sender-demand.ts';

/** Who looks away for a moment, or makes room for a panel, finds the layer running. */
const LESS_AFTER_MS = 3_000;

/** A seat as one that may watch. */
export interface WatchingSeat {
  readonly isInside: boolean;
  readonly watching: readonly Watching[];
}

export interface LayerDemandOptions {
  readonly roomId: VisitId;
  readonly tracks: () => readonly Track[];
  readonly watchers: () => readonly WatchingSeat[];
  readonly announce: Announce;
}

/** Tells senders which layers anyone watches, so that they need not make and send the others. */
export class LayerDemand {
  readonly #tracks: LayerDemandOptions['tracks'];
  readonly #demand: SenderDemand<Track, number>;

  constructor({ roomId, tracks, watchers, announce }: LayerDemandOptions) {
    this.#tracks = tracks;
    this.#demand = new SenderDemand({
      find: (track) => highestWanted(watchers().flatMap((seat) => viewingsOf(track, seat))),
      tell: ({ seatId, producer }, maxSpatialLayer) =>
        announce('producer:demand', { roomId, seatId, producerId: producer.id, maxSpatialLayer }),
      // For more somebody waits.
      canWait: (wanted, told) => wanted < told,
      waitMs: LESS_AFTER_MS,
    });
  }

  /** Somebody may want more or less than before. */
  changed(): void {
    for (const track of this.#tracks().filter(({ producer }) => isLayered(producer))) {
      if (!this.#demand.has(track)) this.#begin(track);
      this.#demand.look(track);
    }
  }

  /** Tells a seat all again, whose page may have missed something. */
  remind(seatId: SeatId): void {
    for (const track of this.#tracks()) if (track.seatId === seatId) this.#demand.remind(track);
  }

  close(): void {
    this.#demand.close();
  }

  /** A page begins with all of its layers. */
  #begin(track: Track): void {
    this.#demand.begin(track, topLayer(track.producer));
    track.producer.observer.once('close', () => this.#demand.forget(track));
  }
}

function viewingsOf({ producer }: Track, { isInside, watching }: WatchingSeat): Viewing[] {
  return watching
    .filter(({ track }) => track.producer.id === producer.id)
    .map(({ isPaused, spatialLayer }) => ({ isInside, isPaused, spatialLayer }));
}

/** How one viewer stands to a picture. */
export interface Viewing {
  readonly isInside: boolean;
  readonly isPaused: boolean;
  /** The highest that they asked for. */
  readonly spatialLayer: number;
}

/**
 * The highest layer that anyone wants. For whoever stands at the door with everything negotiated the lowest is kept
 * running, so that they see somebody the moment they come in.
 */
export function highestWanted(viewings: readonly Viewing[]): number {
  return Math.max(
    NO_LAYER,
    ...viewings.map(({ isInside, isPaused, spatialLayer }) =>
      isPaused ? (isInside ? NO_LAYER : 0) : spatialLayer,
    ),
  );
}
