import type { MediaPath, PeerConsumer, SeatId, VisitId } from '@careconnect/contracts';
import type { EnteredSeat, SeatConsumer, TrackReceiver } from '@careconnect/contracts/internal';
import { toPeerConsumer, type RoomMedia } from './room-media.ts';
import type { Seat } from './seat.ts';

export interface RoomTracksOptions {
  readonly roomId: VisitId;
  readonly media: RoomMedia;
  readonly seats: Iterable<Seat>;
  /** Whether the visit is on hold, so that nothing may flow. */
  readonly isHeld: () => boolean;
  /** Has {@link RoomTracks.mend} called in a moment. */
  readonly mendLater: () => void;
}

/** Who in one live visit watches which tracks, kept in step with the SFU. */
export class RoomTracks {
  readonly #options: RoomTracksOptions;
  /** Who is still to come over to a new path, and to which of its transports. */
  readonly #coming = new Map<SeatId, string>();
  #flows: readonly TrackReceiver[] | null = null;
  /** What flowed when a move began: it flows on over the old path, of which nobody tells any more. */
  #oldFlows: readonly TrackReceiver[] = [];
  #isMendDue = false;

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
    } else this.miss(seat);
    return entered;
  }

  /**
   * Hands new consumers to the seats that watch them; `asker` gets its own with an answer instead. Who may no
   * longer be shown anything by the time they come is not told of them.
   */
  deliver(consumers: readonly SeatConsumer[], asker: Seat | null): void {
    for (const watcher of this.#options.seats) {
      if (!watcher.isInRoom && !watcher.mayJoin) continue;
      const added = watcher.addConsumers(watchedBy(watcher, consumers));
      if (watcher !== asker && added.length > 0) watcher.push('consumer:added', { consumers: added });
    }
  }

  /** Who gets whose tracks now; null while nobody knows. Everyone is told of their own. */
  received(flows: readonly TrackReceiver[] | null): void {
    this.#flows = flows;
    const all = flows && uniteFlows(this.#oldFlows, flows);
    for (const seat of this.#options.seats) {
      const own = all?.filter(({ producerSeatId }) => producerSeatId === seat.id);
      seat.tellReceivers(own?.map(({ seatId, sources }) => ({ seatId, sources })) ?? null);
    }
  }

  /** There is no media for this seat now; it gets some as soon as there is. */
  miss(seat: Seat): void {
    seat.resetMedia('missing');
    if (this.#isMendDue) return;
    this.#isMendDue = true;
    this.#options.mendLater();
  }

  /** New transports for a seat, in the place where its person is; null when there are none to be had now. */
  async renew(seat: Seat): Promise<MediaPath | null> {
    if (!seat.rtpCapabilities) return null;
    const { media, roomId } = this.#options;
    // With new ends it lets go of all that it had.
    if (this.#coming.delete(seat.id)) this.#settle();
    const opened = await media.open(roomId, seat.id, seat.rtpCapabilities);
    if (opened) seat.resetMedia('open');
    else this.miss(seat);
    if (seat.isInRoom) this.deliver((await this.enter(seat, []))?.consumers ?? [], seat);
    else await this.invite(seat, seat);
    return opened && seat.hasTransports ? { transports: opened.transports, consumers: seat.consumers } : null;
  }

  /** The SFU holds nothing of this visit any more: everyone who had media gets it anew. */
  async lost(): Promise<void> {
    await this.#renewAll([...this.#options.seats]);
  }

  /** The visit has a new home: everyone's media is built there beside what flows, until all have come over. */
  async move(): Promise<void> {
    this.#oldFlows = uniteFlows(this.#oldFlows, this.#flows ?? []);
    this.#coming.clear();
    await this.#renewAll([...this.#options.seats], (seat, path) => {
      if (!seat.isInRoom) return seat.push('media:renewed', path);
      this.#coming.set(seat.id, path.transports.recv.id);
      seat.push('media:moving', path);
    });
    this.#settle();
  }

  /** A page needs its old path no more. */
  arrived(seat: Seat, transportId: string): void {
    if (this.#coming.get(seat.id) !== transportId) return;
    this.#coming.delete(seat.id);
    this.#settle();
  }

  /** The old path has ended, whoever has come over. */
  moved(): void {
    this.#oldFlows = [];
    this.#coming.clear();
    for (const seat of this.#options.seats) if (seat.isInRoom) seat.push('media:moved', {});
    this.received(this.#flows);
  }

  /** Those get media who wait for it. */
  async mend(): Promise<void> {
    this.#isMendDue = false;
    // Its return is an occasion of its own.
    const { media, roomId, seats } = this.#options;
    if (!media.isReachable(roomId)) return;
    await this.#renewAll([...seats].filter((seat) => seat.media === 'missing'));
  }

  /**
   * The SFU is back. When it is still the same process, people in the room have been seen and heard all
   * the while and only what was not reported is told; when it is a new one, its answer says so.
   */
  async returned(): Promise<void> {
    const { media, roomId, seats, isHeld } = this.#options;
    const current: SeatConsumer[] = [];
    const kept: Seat[] = [];
    const gone: Seat[] = [];
    for (const seat of seats) {
      const isWatching = seat.isInRoom && seat.hasTransports;
      const entered = isWatching ? await media.enter(roomId, seat.id, isHeld(), []) : null;
      (entered ? kept : gone).push(seat);
      current.push(...(entered?.consumers ?? []));
    }
    for (const seat of kept) seat.keepConsumers(watchedBy(seat, current));
    this.deliver(current, null);
    await this.#renewAll(gone);
  }

  #settle(): void {
    const { media, roomId } = this.#options;
    if (this.#coming.size === 0) media.settle(roomId);
  }

  /** All at once, for a visit's pictures should come back together. Who is away gets theirs on return. */
  async #renewAll(seats: readonly Seat[], tell = tellRenewed): Promise<void> {
    const wanting = seats.filter(({ media }) => media !== 'none');
    for (const seat of wanting) if (!seat.isConnected) seat.resetMedia('missing');
    await Promise.all(
      wanting
        .filter(({ isConnected }) => isConnected)
        .map(async (seat) => {
          const wasKnown = seat.media === 'missing';
          const path = await this.renew(seat);
          if (path) tell(seat, path);
          else if (!wasKnown) seat.push('media:lost', {});
        }),
    );
  }
}

/** Whoever receives somebody over two paths is told of once. */
function uniteFlows(
  old: readonly TrackReceiver[],
  flows: readonly TrackReceiver[],
): readonly TrackReceiver[] {
  if (old.length === 0) return flows;
  const byPair = Map.groupBy(
    [...old, ...flows],
    ({ producerSeatId, seatId }) => `${producerSeatId} ${seatId}`,
  );
  return [...byPair.values()].flatMap(([first, ...others]) =>
    first
      ? [{ ...first, sources: [...new Set([first, ...others].flatMap(({ sources }) => sources))].sort() }]
      : [],
  );
}

function tellRenewed(seat: Seat, path: MediaPath): void {
  seat.push('media:renewed', path);
}

function watchedBy(seat: Seat, consumers: readonly SeatConsumer[]): PeerConsumer[] {
  return consumers.filter(({ seatId }) => seatId === seat.id).map(toPeerConsumer);
}
