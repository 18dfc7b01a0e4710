import type { partRequests } from '@careconnect/contracts/internal';
import type { Seat } from '../media/seats/seat.ts';
import type { Handlers } from '../rpc/rpc.ts';
import type { GuestsOfNode } from './guests.ts';

interface OpeningName {
  readonly partId: string;
  readonly openingId: string;
}

/** Binds the requests of another node to the parts that it has here, nothing else. */
export function createPartHandlers(guests: GuestsOfNode): Handlers<typeof partRequests> {
  const seatOf = ({ partId, openingId }: OpeningName): Seat => guests.get(partId).getSeat(openingId);

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

    'seat:open': async ({ partId, ...opening }) => ({ ends: await guests.get(partId).openSeat(opening) }),

    'seat:set-invited': async ({ isInvited, ...opening }) => {
      seatOf(opening).setInvited(isInvited);
      return {};
    },

    'seat:enter': async (opening) => {
      seatOf(opening).enter();
      return {};
    },

    'seat:watch': async ({ producerId, ...opening }) => {
      const track = await guests.get(opening.partId).findTrack(producerId);
      const describe = track && (await seatOf(opening).watch(track));
      return { consumer: describe?.() ?? null };
    },

    'seat:stats': async (opening) => seatOf(opening).measure(),

    'seat:close': async (opening) => {
      seatOf(opening).close();
      return {};
    },

    'transport:connect': async ({ direction, transportId, dtlsParameters, ...opening }) => {
      await seatOf(opening).connect({ direction, transportId }, dtlsParameters);
      return {};
    },

    'transport:restart-ice': async ({ direction, transportId, ...opening }) => ({
      iceParameters: await seatOf(opening).restartIce({ direction, transportId }),
    }),

    'producer:create': async ({ partId, openingId, ...offer }) =>
      guests.get(partId).produce(openingId, offer),

    'producer:set-paused': async ({ producerId, paused, ...opening }) => {
      await seatOf(opening).setProducerPaused(producerId, paused);
      return {};
    },

    'producer:close': async ({ producerId, ...opening }) => {
      seatOf(opening).closeProducer(producerId);
      return {};
    },

    'consumer:set-paused': async ({ consumerIds, paused, ...opening }) => {
      await seatOf(opening).setConsumersPaused(consumerIds, paused);
      return {};
    },

    'consumer:resume': async ({ consumerIds, ...opening }) => {
      await seatOf(opening).resume(consumerIds);
      return {};
    },

    'consumer:set-layers': async ({ consumerId, layers, ...opening }) => {
      await seatOf(opening).setPreferredLayers(consumerId, layers);
      return {};
    },
  };
}
