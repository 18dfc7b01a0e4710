import { z } from 'zod';
import {
  Bottleneck,
  ConsumerId,
  ConsumerIds,
  DtlsParameters,
  MaxSpatialLayer,
  MediaKind,
  MediaSource,
  PreferredLayers,
  ProducerId,
  RtpParameters,
  TransportDirection,
  TransportId,
  VideoCodecs,
} from './media.ts';

/*
 * What pages ask about their media goes on from signaling to the SFU, and from there perhaps to another node of it. It is
 * the same on the whole way, and so is what is told on the way back; each hop adds how it names the seat, and says what
 * it means there.
 */

/** Refused when the seat has got other transports since. */
const onTransport = { transportId: TransportId.optional() };

export const mediaRequestShapes = {
  'transport:connect': {
    direction: TransportDirection,
    ...onTransport,
    dtlsParameters: DtlsParameters,
  },
  'transport:restart-ice': { direction: TransportDirection, ...onTransport },
  'producer:create': {
    ...onTransport,
    kind: MediaKind,
    source: MediaSource,
    rtpParameters: RtpParameters,
    paused: z.boolean(),
  },
  'producer:set-paused': { producerId: ProducerId, paused: z.boolean() },
  'producer:close': { producerId: ProducerId },
  'consumer:set-paused': { consumerIds: ConsumerIds.min(1), paused: z.boolean() },
  'consumer:set-layers': { consumerId: ConsumerId, layers: PreferredLayers },
} as const;

export const mediaEventShapes = {
  'consumer:paused': { consumerId: ConsumerId, isProducerPaused: z.boolean() },
  'consumer:closed': { consumerId: ConsumerId },
  'consumer:bottleneck': { consumerId: ConsumerId, bottleneck: Bottleneck.nullable() },
  'producer:demand': { producerId: ProducerId, maxSpatialLayer: MaxSpatialLayer },
  'seat:video-codecs': { videoCodecs: VideoCodecs },
} as const;
