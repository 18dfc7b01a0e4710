import type { VisitId } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { AnnounceView } from '../../announce.ts';
import type { KeyFrames } from '../pictures/key-frames.ts';
import type { PlacedSeatOptions, RoomSeat } from '../seats/room-seat.ts';
import type { RoomPart } from '../workers/room-part.ts';

/** As much of a room as is in one place. */
export interface Part {
  /** The worker, or the other node, that it is on. */
  readonly on: object;
  openSeat(options: PlacedSeatOptions): Promise<RoomSeat>;
  close(): void;
}

/** The room that a part is opened for. */
export interface HomeRoom {
  readonly roomId: VisitId;
  /** Where the room has begun: all that is sent in it can be had there. */
  readonly first: RoomPart;
  readonly keyFrames: KeyFrames;
  readonly announce: AnnounceView;
  readonly log: Logger;
  /** What a part was on is gone. */
  readonly onLost: () => void;
}

/** Where another part of a room can be. */
export interface PartPlace {
  readonly on: object;
  openPart(room: HomeRoom): Promise<Part>;
}

/** The place for another part; null when there is none but those that are used. */
export type FindPlace = (used: readonly object[]) => PartPlace | null;
