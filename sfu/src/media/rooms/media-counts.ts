import type { RoomSeat } from '../seats/room-seat.ts';

export interface MediaCounts {
  readonly rooms: number;
  readonly seats: number;
  readonly producers: number;
  readonly consumers: number;
}

/** What is sent and shown on these seats. */
export function countSeats(
  seats: readonly Pick<RoomSeat, 'tracks' | 'watching'>[],
): Omit<MediaCounts, 'rooms'> {
  return {
    seats: seats.length,
    producers: sum(seats.map(({ tracks }) => tracks.length)),
    consumers: sum(seats.map(({ watching }) => watching.length)),
  };
}

export function addCounts(a: MediaCounts, b: MediaCounts): MediaCounts {
  return {
    rooms: a.rooms + b.rooms,
    seats: a.seats + b.seats,
    producers: a.producers + b.producers,
    consumers: a.consumers + b.consumers,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
