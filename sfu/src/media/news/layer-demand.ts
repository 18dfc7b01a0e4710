import type { SeatId, VisitId } from '@careconnect/contracts';
import { NO_LAYER } from '@careconnect/contracts';
import type { Announce } from '../../announce.ts';
import { isLayered } from '../pictures/layer-choice.ts';
import type { Watching } from '../seats/room-seat.ts';
import { topLayer, type Track } from '../seats/tracks.ts';

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

interface Told {
  layer: number;
  timer: NodeJS.Timeout | undefined;
}

/** Tells senders which layers anyone watches, so that they need not make and send the others. */
export class LayerDemand {
  readonly #options: LayerDemandOptions;
  readonly #told = new Map<string, Told>();

  constructor(options: LayerDemandOptions) {
    this.#options = options;
  }

  /** Somebody may want more or less than before. More is told at once: they wait for it. */
  changed(): void {
    for (const track of this.#options.tracks()) {
      if (isLayered(track.producer)) this.#look(track);
    }
  }

  /** Tells a seat all again, whose page may have missed something. */
  remind(seatId: SeatId): void {
    for (const track of this.#options.tracks()) {
      const told = this.#told.get(track.producer.id);
      if (track.seatId === seatId && told) this.#announce(track, told.layer);
    }
  }

  close(): void {
    for (const { timer } of this.#told.values()) clearTimeout(timer);
    this.#told.clear();
  }

  #look(track: Track): void {
    const told = this.#told.get(track.producer.id) ?? this.#begin(track);
    const wanted = this.#wanted(track);
    if (wanted >= told.layer) {
      clearTimeout(told.timer);
      told.timer = undefined;
      if (wanted > told.layer) this.#tell(track, told, wanted);
    } else {
      told.timer ??= setTimeout(() => {
        told.timer = undefined;
        this.#tell(track, told, this.#wanted(track));
      }, LESS_AFTER_MS);
    }
  }

  /** A page begins with all of its layers. */
  #begin({ producer }: Track): Told {
    const told: Told = { layer: topLayer(producer), timer: undefined };
    this.#told.set(producer.id, told);
    producer.observer.once('close', () => {
      clearTimeout(told.timer);
      this.#told.delete(producer.id);
    });
    return told;
  }

  #wanted({ producer }: Track): number {
    return highestWanted(
      this.#options
        .watchers()
        .flatMap(({ isInside, watching }) =>
          watching
            .filter(({ track }) => track.producer.id === producer.id)
            .map(({ isPaused, spatialLayer }) => ({ isInside, isPaused, spatialLayer })),
        ),
    );
  }

  #tell(track: Track, told: Told, layer: number): void {
    if (track.producer.closed || told.layer === layer) return;
    told.layer = layer;
    this.#announce(track, layer);
  }

  #announce({ seatId, producer }: Track, maxSpatialLayer: number): void {
    const { roomId, announce } = this.#options;
    announce('producer:demand', { roomId, seatId, producerId: producer.id, maxSpatialLayer });
  }
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
