import type { RoomListener } from '../../upstream/sfu-port.ts';
import type { SignalingMetrics } from '../../core/signaling-metrics.ts';
import type { LoadRelay } from '../nodes/load-relay.ts';
import type { ExpelledSeats } from './expelled-seats.ts';
import type { RoomRegistry } from './room-registry.ts';

export interface SfuEventsDeps {
  readonly registry: RoomRegistry;
  readonly loads: Pick<LoadRelay, 'heard'>;
  readonly expelled: ExpelledSeats;
  readonly metrics: Pick<SignalingMetrics, 'expelled'>;
}

/**
 * What the SFU reports, told to the seats it concerns. It takes the visit's turn: a consumer's end can
 * then never overtake the message that tells of its beginning.
 */
export function createSfuEvents({ registry, loads, expelled, metrics }: SfuEventsDeps): RoomListener {
  return {
    'consumer:paused': ({ roomId, seatId, consumerId, isProducerPaused }) =>
      registry.tell(roomId, (room) => room.seats.find(seatId)?.consumerPaused(consumerId, isProducerPaused)),
    'producer:demand': ({ roomId, seatId, producerId, maxSpatialLayer }) =>
      registry.tell(roomId, (room) =>
        room.seats.find(seatId)?.push('producer:demand', { producerId, maxSpatialLayer }),
      ),
    'seat:video-codecs': ({ roomId, seatId, videoCodecs }) =>
      registry.tell(roomId, (room) => room.seats.find(seatId)?.push('seat:video-codecs', { videoCodecs })),
    'seat:flooded': ({ roomId, seatId }) => {
      // At once, and not in the visit's turn: they may be on their way back already.
      expelled.add(seatId);
      registry.within(roomId, async (room) => {
        // Every process hears it; it counts where the visit is.
        metrics.expelled();
        await room.expel(seatId);
      });
    },
    'consumer:bottleneck': ({ roomId, seatId, consumerId, bottleneck }) =>
      registry.tell(roomId, (room) => room.seats.find(seatId)?.consumerHeldUp(consumerId, bottleneck)),
    'consumer:closed': ({ roomId, seatId, consumerId }) =>
      registry.tell(roomId, (room) => room.seats.find(seatId)?.consumerClosed(consumerId)),
    'room:receivers': ({ roomId, receivers }) =>
      registry.tell(roomId, (room) => room.tracks.received(receivers)),
    'room:speaker': ({ roomId, seatId }) => registry.tell(roomId, (room) => room.spoke(seatId)),
    'node:load': (load) => loads.heard(load),
    'room:lost': ({ roomId }) => registry.within(roomId, (room) => room.tracks.lost()),
    move: (roomId, rehome) =>
      registry.run(roomId, async () => {
        const room = registry.find(roomId);
        if (!room) return;
        rehome();
        await room.tracks.move();
      }),
    moved: (roomId) => registry.tell(roomId, (room) => room.tracks.moved()),
    away: (isMeant) => {
      for (const { id } of registry.all) {
        if (isMeant(id)) registry.within(id, (room) => room.tracks.received(null));
      }
    },
    back: (isMeant) => {
      for (const { id } of registry.all) {
        if (isMeant(id)) registry.within(id, (room) => room.tracks.returned());
      }
    },
  };
}
