import type { PeerConsumer, SeatId, VisitId } from '@careconnect/contracts';
import type { EnteredSeat, SeatConsumer } from '@careconnect/contracts/internal';
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

  /**
   * Lets a seat outside prepare for what it will be shown, or takes that back, as it may join or not. Should
   * its media be gone, it finds out when it enters. `asker` as in {@link deliver}.
   */
  async invite(seat: Seat, asker: Seat | null): Promise<void> {
    if (!seat.hasTransports) return;
    const { media, roomId } = this.#options;
    const consumers = (await media.setInvited(roomId, seat.id, seat.mayJoin)) ?? [];
    seat.keepConsumers(consumers.map(toPeerConsumer));
    this.deliver(consumers, asker);
  }

  /**
   * What there is to show to a seat, and of it to others. Null when its media turns out to be gone.
   * @param ready - consumers that its page has negotiated ahead: they flow from now on
   */
  async enter(seat: Seat, ready: readonly string[]): Promise<EnteredSeat | null> {
    if (!seat.hasTransports) return { consumers: [], inside: [] };
    const { media, roomId, isHeld } = this.#options;
    const entered = await media.enter(roomId, seat.id, isHeld(), ready);
    if (entered) {
      seat.keepMedia(true);
      seat.keepConsumers(watchedBy(seat, entered.consumers));
    } else seat.resetMedia('missing');
    return entered;
  }

  /**
   * Hands new consumers to the seats that watch them; `asker` gets its own with an answer instead. Who may no
   * longer be shown anything by the time they come is not told of them.
   */
  deliver(consumers: readonly SeatConsumer[], asker: Seat | null): void {
    for (const watcher of this.#options.seats.values()) {
      if (!watcher.isInRoom && !watcher.mayJoin) continue;
      const added = watcher.addConsumers(watchedBy(watcher, consumers));
      if (watcher !== asker && added.length > 0) watcher.push('consumer:added', { consumers: added });
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
      const entered = isWatching ? await media.enter(roomId, seat.id, isHeld(), []) : null;
      if (entered) kept.push(seat);
      else lose(seat);
      current.push(...(entered?.consumers ?? []));
    }
    for (const seat of kept) seat.keepConsumers(watchedBy(seat, current));
    this.deliver(current, null);
  }
}

function watchedBy(seat: Seat, consumers: readonly SeatConsumer[]): PeerConsumer[] {
  return consumers.filter(({ seatId }) => seatId === seat.id).map(toPeerConsumer);
}

function lose(seat: Seat): void {
  if (seat.media === 'none') return;
  seat.resetMedia('missing');
  seat.push('media:lost', {});
}
