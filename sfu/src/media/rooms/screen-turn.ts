import type { SeatId } from '@careconnect/contracts';
import { mediaErrors } from '../media-errors.ts';
import type { Track } from '../seats/tracks.ts';

/** A seat as one that may show a screen. */
interface ShowingSeat {
  readonly id: SeatId;
  readonly tracks: readonly Pick<Track, 'source'>[];
}

/** One person of a room shows their screen at a time, with its sound or another window in its place. */
export class ScreenTurn {
  readonly #seats: () => readonly ShowingSeat[];
  /** Whose screens are being made, and how many. */
  readonly #making = new Map<SeatId, number>();

  constructor(seats: () => readonly ShowingSeat[]) {
    this.#seats = seats;
  }

  /** Makes a screen of this seat, unless another shows one or is about to. */
  async take<T>(seatId: SeatId, make: () => Promise<T>): Promise<T> {
    if (this.#isTakenFor(seatId)) throw mediaErrors.screenTaken();
    this.#count(seatId, 1);
    try {
      return await make();
    } finally {
      this.#count(seatId, -1);
    }
  }

  #isTakenFor(seatId: SeatId): boolean {
    const isMadeElsewhere = [...this.#making.keys()].some((id) => id !== seatId);
    return (
      isMadeElsewhere ||
      this.#seats().some(
        ({ id, tracks }) => id !== seatId && tracks.some(({ source }) => source === 'screen'),
      )
    );
  }

  #count(seatId: SeatId, change: number): void {
    const count = (this.#making.get(seatId) ?? 0) + change;
    if (count > 0) this.#making.set(seatId, count);
    else this.#making.delete(seatId);
  }
}
