import type { SfuListener } from '../../upstream/sfu-client.ts';
import type { RoomRegistry } from './room-registry.ts';

/**
 * What the SFU reports, told to the seats it concerns. It takes the visit's turn: a consumer's end can
 * then never overtake the message that tells of its beginning.
 */
export function createSfuEvents(registry: RoomRegistry): SfuListener {
  return {
    'consumer:paused': ({ roomId, seatId, consumerId, isProducerPaused }) =>
      registry.tell(roomId, (room) => room.seat(seatId)?.consumerPaused(consumerId, isProducerPaused)),
    'producer:demand': ({ roomId, seatId, producerId, maxSpatialLayer }) =>
      registry.tell(roomId, (room) =>
        room.seat(seatId)?.push('producer:demand', { producerId, maxSpatialLayer }),
      ),
    'consumer:bottleneck': ({ roomId, seatId, consumerId, bottleneck }) =>
      registry.tell(roomId, (room) => room.seat(seatId)?.consumerHeldUp(consumerId, bottleneck)),
    'consumer:closed': ({ roomId, seatId, consumerId }) =>
      registry.tell(roomId, (room) => room.seat(seatId)?.consumerClosed(consumerId)),
    'room:receivers': ({ roomId, receivers }) =>
      registry.tell(roomId, (room) => room.tracks.received(receivers)),
    // One node has nothing to choose from.
    'node:load': () => undefined,
    'room:lost': ({ roomId }) => registry.within(roomId, (room) => room.tracks.lost()),
    disconnected: () => {
      for (const { id } of registry.all) registry.within(id, (room) => room.tracks.received(null));
    },
    connected: () => {
      for (const { id } of registry.all) registry.within(id, (room) => room.tracks.returned());
    },
  };
}
