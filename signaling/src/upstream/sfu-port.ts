import type { VisitId } from '@careconnect/contracts';
import type { sfuEvents, sfuRequests } from '@careconnect/contracts/internal';
import { AppError } from '@careconnect/platform';
import type { z } from 'zod';

type SfuRequests = typeof sfuRequests;
type SfuEvents = typeof sfuEvents;
export type SfuRequestName = keyof SfuRequests;
export type SfuPayload<Name extends SfuRequestName> = z.input<SfuRequests[Name]['payload']>;
export type SfuAnswer<Name extends SfuRequestName> = z.output<SfuRequests[Name]['response']>;
export type SfuEventName = keyof SfuEvents;
export type SfuEvent<Name extends SfuEventName> = z.output<SfuEvents[Name]>;

/** Requests about one room, for the node that holds it. */
export type RoomRequestName = Exclude<SfuRequestName, 'room:find'>;
/** What is told of rooms, and of the nodes that carry them. */
type RoomEventName = Exclude<SfuEventName, 'room:closed'>;

/** Asks the SFU about a room. Errors: MEDIA_REFUSED, SCREEN_TAKEN, MEDIA_UNAVAILABLE (at once when there is nobody to ask). */
export interface SfuPort {
  /** Whether there is anybody to ask about this room. */
  isReachable(roomId: VisitId): boolean;
  /** Everyone has come over to the new home of a room: what flows at its old one may end. */
  settle(roomId: VisitId): void;
  request<Name extends RoomRequestName>(name: Name, payload: SfuPayload<Name>): Promise<SfuAnswer<Name>>;
}

export type AboutRooms = (roomId: VisitId) => boolean;

/** One listener for what happens to rooms. */
export type RoomListener = {
  readonly [Name in RoomEventName]: (payload: SfuEvent<Name>) => void;
} & {
  /** For now nothing is heard of these rooms. Whether their media goes on nobody knows. */
  readonly away: (isMeant: AboutRooms) => void;
  /** These rooms can be asked about, again or for the first time. */
  readonly back: (isMeant: AboutRooms) => void;
  /**
   * A room is to go to another node. Calls back when nothing else is under way in it, and has its media built
   * there beside what flows; does neither with a room that nobody here is in.
   */
  readonly move: (roomId: VisitId, rehome: () => void) => Promise<void>;
  /** Of a room that has moved nothing flows at its old home any more. */
  readonly moved: (roomId: VisitId) => void;
};

export function mediaUnavailable(cause?: unknown): AppError {
  return new AppError(
    'MEDIA_UNAVAILABLE',
    'Sound and picture are not available at the moment. Messages still work.',
    { cause },
  );
}
