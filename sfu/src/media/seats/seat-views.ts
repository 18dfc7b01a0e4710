import type { PreferredLayers } from '@careconnect/contracts';
import type { types } from 'mediasoup';
import { media, mediaErrors } from '../media-errors.ts';
import type { KeyFrames } from '../pictures/key-frames.ts';
import { createRoomSearch, type RoomSearch } from '../pictures/room-search.ts';
import { onVainRequests } from '../pictures/vain-requests.ts';
import { createView, type View, type Viewer } from './views.ts';
import type { SeatOptions } from './room-seat.ts';
import type { Track } from './tracks.ts';

export interface SeatViewsOptions
  extends Viewer, Pick<SeatOptions, 'roomId' | 'seatId' | 'announce' | 'onFlowChanged' | 'onWishChanged'> {
  readonly keyFrames: KeyFrames;
  /** Whether consumers may be made for it. */
  readonly isViewer: () => boolean;
}

/** What one seat is shown of others. */
export class SeatViews {
  readonly #options: SeatViewsOptions;
  /** By producer: a track is shown to a seat once, however often it is asked for. */
  readonly #views = new Map<string, Promise<View | null>>();
  /** By consumer. */
  readonly #shown = new Map<string, View>();
  readonly #roomSearch: RoomSearch;

  constructor(options: SeatViewsOptions) {
    this.#options = options;
    this.#roomSearch = createRoomSearch(options.transport);
  }

  get all(): readonly View[] {
    return [...this.#shown.values()];
  }

  /** The view of a track; the same when it is shown already. Null when it cannot be shown. */
  watch(track: Track): Promise<View | null> {
    const known = this.#views.get(track.producer.id);
    if (known) return known;
    const view = media('the picture', () => this.#create(track));
    this.#views.set(track.producer.id, view);
    return view;
  }

  /** Those that have ended meanwhile are left out. Answers whether any is known. */
  async setPaused(consumerIds: readonly string[], isPaused: boolean): Promise<boolean> {
    const consumers = consumerIds.flatMap((id) => this.#shown.get(id)?.consumer ?? []);
    if (!isPaused) consumers.forEach((consumer) => this.#options.keyFrames.expectPicture(consumer));
    await media('the change', () =>
      Promise.all(consumers.map((consumer) => setConsumerPaused(consumer, isPaused))),
    );
    // Of what its owner has muted it is not told as a flow, and is wanted all the same.
    this.#options.onWishChanged();
    return consumers.length > 0;
  }

  async setPreferredLayers(consumerId: string, layers: PreferredLayers): Promise<void> {
    const view = this.#shown.get(consumerId);
    if (!view) throw mediaErrors.noSuch('consumer');
    const { consumer, wish } = view;
    const { spatialLayer, temporalLayer } = layers;
    wish.spatialLayer = spatialLayer;
    this.#options.onWishChanged();
    await media('the layers', () =>
      consumer.setPreferredLayers({
        spatialLayer,
        ...(temporalLayer === undefined ? {} : { temporalLayer }),
      }),
    );
  }

  close(): void {
    for (const { consumer } of this.all) consumer.close();
  }

  async #create(track: Track): Promise<View | null> {
    const view = await createView(this.#options, track);
    if (view && this.#options.isViewer()) {
      this.#follow(view);
      return view;
    }
    // Its invitation may have been withdrawn meanwhile.
    view?.consumer.close();
    this.#views.delete(track.producer.id);
    return null;
  }

  #follow(view: View): void {
    const { roomId, seatId, announce, keyFrames, onFlowChanged, onWishChanged } = this.#options;
    const { track, consumer, way } = view;
    const consumerId = consumer.id;
    this.#shown.set(consumerId, view);
    onWishChanged();
    consumer.observer.on('pause', onFlowChanged);
    consumer.observer.on('resume', onFlowChanged);
    const ignorePauses = track.onPausedChanged(() => {
      announce('consumer:paused', { roomId, seatId, consumerId, isProducerPaused: track.isPaused });
      onFlowChanged();
    });
    consumer.observer.once('close', () => {
      ignorePauses();
      this.#roomSearch.setWaiting(consumer, false);
      this.#shown.delete(consumerId);
      this.#views.delete(consumer.producerId);
      onFlowChanged();
    });
    consumer.on('producerclose', () => announce('consumer:closed', { roomId, seatId, consumerId }));
    consumer.on('producerresume', () => {
      // Whoever comes back from a standstill is welcomed.
      if (!track.standstill.isStill) keyFrames.expectPicture(consumer);
    });
    way.onChanged = (bottleneck) => {
      this.#roomSearch.setWaiting(consumer, bottleneck === 'viewer');
      announce('consumer:bottleneck', { roomId, seatId, consumerId, bottleneck });
      onFlowChanged();
    };
    keyFrames.watchReturns(consumer, track.standstill);
    onVainRequests(consumer, () => void consumer.requestKeyFrame().catch(() => undefined));
  }
}

async function setConsumerPaused(consumer: types.Consumer, isPaused: boolean): Promise<void> {
  try {
    await (isPaused ? consumer.pause() : consumer.resume());
  } catch (error) {
    // It ended while it was being asked; whoever watches has been told so.
    if (!consumer.closed) throw error;
  }
}
