import type { partRequests } from '@careconnect/contracts/internal';
import type { Seat } from '../media/seats/seat.ts';
import type { Handlers } from '../rpc/rpc.ts';
import type { GuestsOfNode } from './guests.ts';

interface StayName {
  readonly partId: string;
  readonly stayId: string;
}

/** Binds the requests of another node to the parts that it has here, nothing else. */
export function createPartHandlers(guests: GuestsOfNode): Handlers<typeof partRequests> {
  const seatOf = ({ partId, stayId }: StayName): Seat => guests.get(partId).getSeat(stayId);

  return {
    'part:open': async ({ partId, roomId, pipe }) => ({ pipe: await guests.open(partId, roomId, pipe) }),

    'part:close': async ({ partId }) => {
      guests.close(partId);
      return {};
    },

    'track:add': async ({ partId, ...track }) => {
      await guests.get(partId).addTrack(track);
      return {};
    },

    'track:set-paused': async ({ partId, producerId, paused }) => {
      await guests.get(partId).setTrackPaused(producerId, paused);
      return {};
    },

    'track:close': async ({ partId, producerId }) => {
      await guests.get(partId).closeTrack(producerId);
      return {};
    },

    'seat:open': async ({ partId, ...stay }) => ({ ends: await guests.get(partId).openSeat(stay) }),

    'seat:set-invited': async ({ isInvited, ...stay }) => {
      seatOf(stay).setInvited(isInvited);
      return {};
    },

    'seat:enter': async (stay) => {
      seatOf(stay).enter();
      return {};
    },

    'seat:watch': async ({ producerId, ...stay }) => {
      const track = await guests.get(stay.partId).findTrack(producerId);
      const describe = track && (await seatOf(stay).watch(track));
      return { consumer: describe?.() ?? null };
    },

    'seat:stats': async (stay) => seatOf(stay).measure(),

    'seat:close': async (stay) => {
      seatOf(stay).close();
      return {};
    },

    'transport:connect': async ({ direction, transportId, dtlsParameters, ...stay }) => {
      await seatOf(stay).connect({ direction, transportId }, dtlsParameters);
      return {};
    },

    'transport:restart-ice': async ({ direction, transportId, ...stay }) => ({
      iceParameters: await seatOf(stay).restartIce({ direction, transportId }),
    }),

    'producer:create': async ({ partId, stayId, ...offer }) => guests.get(partId).produce(stayId, offer),

    'producer:set-paused': async ({ producerId, paused, ...stay }) => {
      await seatOf(stay).setProducerPaused(producerId, paused);
      return {};
    },

    'producer:close': async ({ producerId, ...stay }) => {
      seatOf(stay).closeProducer(producerId);
      return {};
    },

    'consumer:set-paused': async ({ consumerIds, paused, ...stay }) => {
      await seatOf(stay).setConsumersPaused(consumerIds, paused);
      return {};
    },

    'consumer:resume': async ({ consumerIds, ...stay }) => {
      await seatOf(stay).resume(consumerIds);
      return {};
    },

    'consumer:set-layers': async ({ consumerId, layers, ...stay }) => {
      await seatOf(stay).setPreferredLayers(consumerId, layers);
      return {};
    },
  };
}
