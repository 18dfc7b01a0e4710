import type { SeatConsumer } from '@careconnect/contracts/internal';
import type { RoomSeat } from '../seats/room-seat.ts';
import type { Track } from '../seats/tracks.ts';

/** A viewer, and what they are to be shown. */
export type Pair = readonly [viewer: RoomSeat, track: Track];

/** What this viewer may be shown of those who are inside. */
export function pairsShownTo(viewer: RoomSeat, seats: readonly RoomSeat[]): Pair[] {
  const others = seats.filter((other) => other !== viewer && other.isInside);
  return others.flatMap(({ tracks }) => tracks.map((track) => [viewer, track] as const));
}

/** Who may be shown this track. */
export function pairsShowing(track: Track, seats: readonly RoomSeat[]): Pair[] {
  const viewers = seats.filter(({ id, isViewer }) => id !== track.seatId && isViewer);
  return viewers.map((viewer) => [viewer, track] as const);
}

/** Makes the consumers of these, and tells of those that there still are when all have been made. */
export async function showAll(pairs: readonly Pair[]): Promise<SeatConsumer[]> {
  const shown = await Promise.all(
    pairs.map(async ([viewer, track]) => ({ viewer, track, describe: await viewer.watch(track) })),
  );
  return shown.flatMap(({ viewer, track, describe }) => {
    const consumer = describe?.();
    return consumer ? [{ seatId: viewer.id, producerSeatId: track.seatId, consumer }] : [];
  });
}
