import type { SeatId, VisitId } from '@careconnect/contracts';
import type { SeatConsumer } from '@careconnect/contracts/internal';
import { toPeerConsumer, type RoomMedia } from './room-media.ts';
import type { Seat } from './seat.ts';

export interface RoomTracksOptions {
  readonly roomId: VisitId;
  readonly media: RoomMedia;
  readonly seats: ReadonlyMap<SeatId, Seat>;
  /** Whether the visit is on hold, so that nothing may flow. */
  readonly isHeld: () => boolean;
}

/** Who in one live visit watches which tracks, kept in step with the SFU. */
export class RoomTracks {
  readonly #options: RoomTracksOptions;

  constructor(options: RoomTracksOptions) {
    this.#options = options;
  }

  /** A hold has begun or ended. */
  async hold(): Promise<void> {
    const { media, roomId, isHeld } = this.#options;
    await media.setHeld(roomId, isHeld());
  }

  /** What a seat will be shown. Should its media be gone, it finds out when it enters. */
  async invite(seat: Seat): Promise<SeatConsumer[]> {
    const { media, roomId } = this.#options;
    return seat.hasTransports ? ((await media.invite(roomId, seat.id)) ?? []) : [];
  }

  /**
   * What there is to show to a seat, and of it to others. Null when its media turns out to be gone.
   * @param ready - consumers that its page has negotiated ahead: they flow from now on
   */
  async enter(seat: Seat, ready: readonly string[]): Promise<SeatConsumer[] | null> {
    if (!seat.hasTransports) return [];
    const { media, roomId, isHeld } = this.#options;
    const consumers = await media.enter(roomId, seat.id, isHeld(), ready);
    if (consumers) seat.keepMedia(true);
    else seat.resetMedia('missing');
    return consumers;
  }

  /** Hands new consumers to the seats that watch them; `asker` gets its own with an answer instead. */
  deliver(consumers: readonly SeatConsumer[], asker: Seat | null): void {
    for (const [seatId, group] of Map.groupBy(consumers, (consumer) => consumer.seatId)) {
      const watcher = this.#options.seats.get(seatId);
      const added = watcher?.addConsumers(group.map(toPeerConsumer)) ?? [];
      if (watcher !== asker && added.length > 0) watcher?.push('consumer:added', { consumers: added });
    }
  }

  /** The SFU holds nothing of this visit any more: every page that had media, or waits for it, rebuilds it. */
  lost(): void {
    for (const seat of this.#options.seats.values()) lose(seat);
  }

  /**
   * The SFU is back. When it is still the same process, people in the room have been seen and heard all
   * the while and only what was not reported is told; when it is a new one, its answer says so.
   */
  async returned(): Promise<void> {
    const { media, roomId, seats, isHeld } = this.#options;
    const current: SeatConsumer[] = [];
    const kept: Seat[] = [];
    for (const seat of seats.values()) {
      const isWatching = seat.isInRoom && seat.hasTransports;
      const consumers = isWatching ? await media.enter(roomId, seat.id, isHeld(), []) : null;
      if (consumers) kept.push(seat);
      else lose(seat);
      current.push(...(consumers ?? []));
    }
    for (const seat of kept) {
      seat.keepConsumers(current.filter(({ seatId }) => seatId === seat.id).map(toPeerConsumer));
    }
    this.deliver(current, null);
  }
}

function lose(seat: Seat): void {
  if (seat.media === 'none') return;
  seat.resetMedia('missing');
  seat.push('media:lost', {});
}
