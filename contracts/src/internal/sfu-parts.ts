import { z } from 'zod';
import { SeatId, VisitId } from '../core/ids.ts';
import { defineRequest, Done } from '../core/socket.ts';
import {
  Bottleneck,
  ConsumerId,
  ConsumerIds,
  ConsumerParameters,
  IceParameters,
  MediaKind,
  MediaSource,
  ProducerId,
  RtpCapabilities,
  RtpParameters,
  SeatTransports,
} from '../features/media.ts';
import { mediaRequestShapes } from '../features/media-messages.ts';
import { ServerMeasures } from '../features/quality.ts';
import { SfuLoad } from './sfu-load.ts';
import { sfuEvents } from './sfu.ts';

/** Socket.IO namespace on which one SFU node has another carry parts of its rooms. */
export const PARTS_NAMESPACE = '/sfu/parts';

/** A part of a room whose home is the node that asks. It ends with the connection over which it was opened. */
const part = { partId: z.uuid() };
/** A seat, from its being opened to its being closed: one that gets other transports is another opening. */
const opening = { ...part, openingId: z.uuid() };
const track = { ...part, producerId: ProducerId };

/** One end of what is between two nodes, and the key of what it sends. */
export const PipeEnd = z.strictObject({
  ip: z.union([z.ipv4(), z.ipv6()]),
  port: z.number().int().min(1).max(65_535),
  srtpParameters: z.strictObject({
    cryptoSuite: z.enum([
      'AEAD_AES_256_GCM',
      'AEAD_AES_128_GCM',
      'AES_CM_128_HMAC_SHA1_80',
      'AES_CM_128_HMAC_SHA1_32',
    ]),
    keyBase64: z.base64().max(128),
  }),
});
export type PipeEnd = z.infer<typeof PipeEnd>;

/** How one seat stands to a track that it is shown, or would be. */
export const StayView = z.object({
  consumerId: ConsumerId,
  producerId: ProducerId,
  isPaused: z.boolean(),
  bottleneck: Bottleneck.nullable(),
  spatialLayer: z.number().int(),
});
export type StayView = z.infer<typeof StayView>;

/** What the home of a room knows of a seat that is elsewhere. */
export const SeatState = z.object({
  isConnected: z.boolean(),
  /** A browser may be at the other ends of its transports, or come back there. */
  isUsable: z.boolean(),
  /** It sends far too much, and nobody is to be shown any of it. */
  isTooMuch: z.boolean(),
  views: z.array(StayView),
});
export type SeatState = z.infer<typeof SeatState>;

/** What the home of a room asks of the node that has a part of it. What they mean is told at `sfuRequests`. */
export const partRequests = {
  'part:open': defineRequest({
    payload: z.strictObject({ ...part, roomId: VisitId, pipe: PipeEnd }),
    response: z.object({ pipe: PipeEnd }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'part:close': defineRequest({ payload: z.strictObject(part), response: Done, errors: [] }),
  /** Something that is sent to another part of the room comes through the pipe, under the same id. */
  'track:add': defineRequest({
    payload: z.strictObject({
      ...track,
      seatId: SeatId,
      source: MediaSource,
      kind: MediaKind,
      rtpParameters: RtpParameters,
      paused: z.boolean(),
    }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'track:set-paused': defineRequest({
    payload: z.strictObject({ ...track, paused: z.boolean() }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'track:close': defineRequest({ payload: z.strictObject(track), response: Done, errors: [] }),
  'seat:open': defineRequest({
    payload: z.strictObject({ ...opening, seatId: SeatId, rtpCapabilities: RtpCapabilities }),
    response: z.object({ ends: SeatTransports.omit({ videoCodecs: true }) }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'seat:set-invited': defineRequest({
    payload: z.strictObject({ ...opening, isInvited: z.boolean() }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  'seat:enter': defineRequest({
    payload: z.strictObject(opening),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  /** Shows a track to the seat, which was added before or is sent by a seat of this part; null when it cannot be. */
  'seat:watch': defineRequest({
    payload: z.strictObject({ ...opening, producerId: ProducerId }),
    response: z.object({ consumer: ConsumerParameters.nullable() }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'seat:stats': defineRequest({
    payload: z.strictObject(opening),
    response: ServerMeasures,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'seat:close': defineRequest({ payload: z.strictObject(opening), response: Done, errors: [] }),
  'transport:connect': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['transport:connect'] }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'transport:restart-ice': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['transport:restart-ice'] }),
    response: z.object({ iceParameters: IceParameters }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /** Answers with how it comes through the pipe as well. `paused` also while the room is held, which its home knows. */
  'producer:create': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['producer:create'] }),
    response: z.object({ producerId: ProducerId, piped: RtpParameters }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:set-paused': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['producer:set-paused'] }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:close': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['producer:close'] }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  'consumer:set-paused': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['consumer:set-paused'] }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /** As far as there are such, and none is missed. */
  'consumer:resume': defineRequest({
    payload: z.strictObject({ ...opening, consumerIds: ConsumerIds.min(1) }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'consumer:set-layers': defineRequest({
    payload: z.strictObject({ ...opening, ...mediaRequestShapes['consumer:set-layers'] }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
} as const;

/** What the node that has a part of a room tells the room's home. */
export const partEvents = {
  /** Told on connecting, and every few seconds from then on. */
  'node:load': SfuLoad,
  /** All of it, at every change of anything in it. */
  'seat:state': z.object({ ...opening, state: SeatState }),
  /** As long without a connection as a seat is kept. */
  'seat:abandoned': z.object(opening),
  /** It went on sending far more than it may. */
  'seat:flooded': z.object(opening),
  /** The worker under it has died, or the node is to carry nothing any more. */
  'part:lost': z.object(part),
  'consumer:paused': sfuEvents['consumer:paused'].extend(part),
  'consumer:closed': sfuEvents['consumer:closed'].extend(part),
  'consumer:bottleneck': sfuEvents['consumer:bottleneck'].extend(part),
} as const;
