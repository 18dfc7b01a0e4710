import { media } from '../media-errors.ts';
import { Seat } from '../seats/seat.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { RoomPart } from '../workers/room-part.ts';
import type { HomeRoom, Part, PartPlace } from './part.ts';

/** A worker of this node, as where a part of a room can be. */
export function localPlace(worker: MediaWorker): PartPlace {
  return {
    on: worker,
    openPart: async (room) => localPart(await media('the room', () => RoomPart.create(worker)), room),
  };
}

/** What is lost with its worker. */
export function localPart(part: RoomPart, { keyFrames, onLost }: HomeRoom): Part {
  part.router.once('workerclose', onLost);
  return {
    on: part.worker,
    openSeat: (options) => Seat.create({ ...options, part, keyFrames }),
    close: () => part.close(),
  };
}
