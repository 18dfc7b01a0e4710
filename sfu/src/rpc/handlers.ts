import type { sfuRequests } from '@careconnect/contracts/internal';
import type { Rooms } from '../media/rooms/rooms.ts';
import type { Handlers } from './rpc.ts';

/** Binds the requests of the contract to the rooms, nothing else. */
export function createHandlers(rooms: Rooms): Handlers<typeof sfuRequests> {
  return {
    'seat:open': async ({ roomId, seatId, rtpCapabilities, keep }) =>
      rooms.openSeat(roomId, seatId, rtpCapabilities, keep ?? null),

    'seat:set-invited': async ({ roomId, seatId, isInvited }) => ({
      consumers: await rooms.setInvited(roomId, seatId, isInvited),
    }),

    'seat:enter': async ({ roomId, seatId, isHeld, ready }) => rooms.enter(roomId, seatId, isHeld, ready),

    'seat:stats': async ({ roomId, seatId }) => rooms.getSeat(roomId, seatId).measure(),

    'room:set-held': async ({ roomId, isHeld }) => {
      await rooms.setHeld(roomId, isHeld);
      return {};
    },

    'seat:close': async ({ roomId, seatId }) => {
      await rooms.closeSeat(roomId, seatId);
      return {};
    },

    'room:find': async ({ roomIds }) => ({ held: await rooms.find(roomIds) }),

    'room:close': async ({ roomId }) => {
      await rooms.closeRoom(roomId);
      return {};
    },

    'transport:connect': async ({ roomId, seatId, direction, transportId, dtlsParameters }) => {
      await rooms.getSeat(roomId, seatId).connect({ direction, transportId }, dtlsParameters);
      return {};
    },

    'transport:restart-ice': async ({ roomId, seatId, direction, transportId }) => ({
      iceParameters: await rooms.getSeat(roomId, seatId).restartIce({ direction, transportId }),
    }),

    'producer:create': async ({ roomId, seatId, ...offer }) => rooms.getRoom(roomId).produce(seatId, offer),

    'producer:set-paused': async ({ roomId, seatId, producerId, paused }) => {
      await rooms.getSeat(roomId, seatId).setProducerPaused(producerId, paused);
      return {};
    },

    'producer:close': async ({ roomId, seatId, producerId }) => {
      rooms.getSeat(roomId, seatId).closeProducer(producerId);
      return {};
    },

    'consumer:set-paused': async ({ roomId, seatId, consumerIds, paused }) => {
      await rooms.getSeat(roomId, seatId).setConsumersPaused(consumerIds, paused);
      return {};
    },

    'consumer:set-layers': async ({ roomId, seatId, consumerId, layers }) => {
      await rooms.getSeat(roomId, seatId).setPreferredLayers(consumerId, layers);
      return {};
    },
  };
}
