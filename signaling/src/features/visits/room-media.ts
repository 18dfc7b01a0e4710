import type { PeerConsumer, RtpCapabilities, SeatId, TransportIds, VisitId } from '@careconnect/contracts';
import type { EnteredSeat, OpenSeat, SeatConsumer } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { SfuPort } from '../../upstream/sfu-port.ts';

/**
 * The media of visits as rooms need it: a visit goes on with words alone, so nothing here throws.
 * Requests of a page itself go to the SFU directly and do fail.
 */
export interface RoomMedia {
  /** Whether there is an SFU to ask about this room. */
  isReachable(roomId: VisitId): boolean;
  /** Both transports of a seat, those to keep where they still are; null when there are none to be had. */
  open(
    roomId: VisitId,
    seatId: SeatId,
    rtpCapabilities: RtpCapabilities,
    keep?: TransportIds,
  ): Promise<OpenSeat | null>;
  /** What the seat will be shown when it enters, paused: nothing unless invited. Null when its media is gone. */
  setInvited(roomId: VisitId, seatId: SeatId, isInvited: boolean): Promise<SeatConsumer[] | null>;
  /**
   * Who is in the room now, and the consumers that there are because the seat is one of them; null when its
   * media is gone. Those of the seat that are `ready` flow.
   */
  enter(
    roomId: VisitId,
    seatId: SeatId,
    isHeld: boolean,
    ready: readonly string[],
  ): Promise<EnteredSeat | null>;
  /** Stops what flows in the room, or lets it go on. */
  setHeld(roomId: VisitId, isHeld: boolean): Promise<void>;
  closeSeat(roomId: VisitId, seatId: SeatId): Promise<void>;
  closeRoom(roomId: VisitId): Promise<void>;
  /** Everyone has come over to the new home of a room: what flows at its old one may end. */
  settle(roomId: VisitId): void;
}

export function createRoomMedia(sfu: SfuPort, log: Logger): RoomMedia {
  async function attempt<T>(what: string, ids: object, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      log.warn({ err: error, ...ids }, what);
      return null;
    }
  }

  return {
    isReachable: (roomId) => sfu.isReachable(roomId),
    settle: (roomId) => sfu.settle(roomId),
    open: (roomId, seatId, rtpCapabilities, keep) =>
      attempt('a seat has no media', { visitId: roomId, seatId }, () =>
        sfu.request('seat:open', { roomId, seatId, rtpCapabilities, keep }),
      ),
    setInvited: (roomId, seatId, isInvited) =>
      attempt('a seat cannot prepare', { visitId: roomId, seatId, isInvited }, async () => {
        const { consumers } = await sfu.request('seat:set-invited', { roomId, seatId, isInvited });
        return consumers;
      }),
    enter: (roomId, seatId, isHeld, ready) =>
      attempt('a seat lost its media', { visitId: roomId, seatId }, () =>
        sfu.request('seat:enter', { roomId, seatId, isHeld, ready: [...ready] }),
      ),
    async setHeld(roomId, isHeld) {
      await attempt('a hold has not reached the media of a visit', { visitId: roomId, isHeld }, () =>
        sfu.request('room:set-held', { roomId, isHeld }),
      );
    },
    async closeSeat(roomId, seatId) {
      await attempt('media of a seat stays open', { visitId: roomId, seatId }, () =>
        sfu.request('seat:close', { roomId, seatId }),
      );
    },
    async closeRoom(roomId) {
      await attempt('media of a visit stays open', { visitId: roomId }, () =>
        sfu.request('room:close', { roomId }),
      );
    },
  };
}

/** How the watching page sees a consumer. */
export function toPeerConsumer({ producerSeatId, consumer }: SeatConsumer): PeerConsumer {
  return { ...consumer, seatId: producerSeatId };
}
