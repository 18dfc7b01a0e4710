import type { RequestHandlers } from '@careconnect/contracts';
import type { sfuRequests } from '@careconnect/contracts/internal';
import type { Rooms } from '../media/rooms.ts';

/** What every handler knows of the call besides its payload. */
export interface RpcContext {
  readonly requestId: string;
}

export type SfuHandlers = RequestHandlers<typeof sfuRequests, RpcContext>;

/** Binds the requests of the contract to the rooms, nothing else. */
export function createHandlers(rooms: Rooms): SfuHandlers {
  return {
    'seat:open': async (_context, { roomId, seatId, rtpCapabilities, keep }) =>
      rooms.openSeat(roomId, seatId, rtpCapabilities, keep ?? null),

    'seat:enter': async (_context, { roomId, seatId, isHeld }) => ({
      consumers: await rooms.enter(roomId, seatId, isHeld),
    }),

    'room:set-held': async (_context, { roomId, isHeld }) => {
      await rooms.setHeld(roomId, isHeld);
      return {};
    },

    'seat:close': async (_context, { roomId, seatId }) => {
      await rooms.closeSeat(roomId, seatId);
      return {};
    },

    'room:close': async (_context, { roomId }) => {
      await rooms.closeRoom(roomId);
      return {};
    },

    'transport:connect': async (_context, { roomId, seatId, direction, dtlsParameters }) => {
      await rooms.getSeat(roomId, seatId).connect(direction, dtlsParameters);
      return {};
    },

    'transport:restart-ice': async (_context, { roomId, seatId, direction }) => ({
      iceParameters: await rooms.getSeat(roomId, seatId).restartIce(direction),
    }),

    'producer:create': async (_context, { roomId, seatId, ...offer }) =>
      rooms.getRoom(roomId).produce(seatId, offer),

    'producer:set-paused': async (_context, { roomId, seatId, producerId, paused }) => {
      await rooms.getSeat(roomId, seatId).setProducerPaused(producerId, paused);
      return {};
    },

    'producer:close': async (_context, { roomId, seatId, producerId }) => {
      rooms.getSeat(roomId, seatId).closeProducer(producerId);
      return {};
    },

    'consumer:set-paused': async (_context, { roomId, seatId, consumerIds, paused }) => {
      await rooms.getSeat(roomId, seatId).setConsumersPaused(consumerIds, paused);
      return {};
    },

    'consumer:set-layers': async (_context, { roomId, seatId, consumerId, layers }) => {
      await rooms.getSeat(roomId, seatId).setPreferredLayers(consumerId, layers);
      return {};
    },
  };
}
