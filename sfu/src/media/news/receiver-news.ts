import type { SeatId, VisitId } from '@careconnect/contracts';
import type { TrackReceiver } from '@careconnect/contracts/internal';
import type { Announce } from '../../announce.ts';
import type { Watching } from '../seats/room-seat.ts';

/** Entering, muting and leaving change many flows in one moment, which is told of once. */
const GATHER_MS = 50;

export interface ReceiverNews {
  /** Something began or ceased to flow, or somebody may not know what does. */
  changed(): void;
  close(): void;
}

/** Tells who receives whom in a room. */
export function createReceiverNews(
  roomId: VisitId,
  flowing: () => TrackReceiver[],
  announce: Announce,
): ReceiverNews {
  let timer: NodeJS.Timeout | undefined;

  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined;
        announce('room:receivers', { roomId, receivers: flowing() });
      }, GATHER_MS);
    },
    close: () => clearTimeout(timer),
  };
}

/** What of these flows to the seat that has them. */
export function flowsTo(seatId: SeatId, watching: readonly Watching[]): TrackReceiver[] {
  const flowing = watching.filter(
    ({ track, isPaused, bottleneck }) => !isPaused && !track.isPaused && bottleneck === null,
  );
  return [...Map.groupBy(flowing, ({ track }) => track.seatId)].map(([producerSeatId, shown]) => ({
    producerSeatId,
    seatId,
    sources: [...new Set(shown.map(({ track }) => track.source))].sort(),
  }));
}
