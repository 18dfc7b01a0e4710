import { z } from 'zod';
import { SeatId, VisitId } from '../core/ids.ts';
import { defineRequest, Done } from '../core/socket.ts';
import {
  ConsumerIds,
  ConsumerParameters,
  IceParameters,
  MediaSource,
  ProducerId,
  RtpCapabilities,
  SeatTransports,
  TransportIds,
} from '../features/media.ts';
import { mediaEventShapes, mediaRequestShapes } from '../features/media-messages.ts';
import { ServerMeasures } from '../features/quality.ts';
import { SfuLoad } from './sfu-load.ts';

/** Socket.IO namespace on which signaling drives an SFU node. */
export const SFU_NAMESPACE = '/sfu';

/** A room is one visit's media. The SFU knows seats as opaque ids, never people. */
const seat = { roomId: VisitId, seatId: SeatId };
/** The most rooms that one question may be about. */
export const FIND_ROOMS_MAX = 1_000;

/** A consumer and the seat that shows it, or would once it has entered. */
export const SeatConsumer = z.object({
  /** Who watches, or prepares to. */
  seatId: SeatId,
  /** Whose track it is. */
  producerSeatId: SeatId,
  consumer: ConsumerParameters,
});
export type SeatConsumer = z.infer<typeof SeatConsumer>;

export const OpenSeat = z.object({
  transports: SeatTransports,
  /** The seat is seen and heard already, which only one that was kept can be. */
  isEntered: z.boolean(),
});
export type OpenSeat = z.infer<typeof OpenSeat>;

export const EnteredSeat = z.object({ consumers: z.array(SeatConsumer), inside: z.array(SeatId) });
export type EnteredSeat = z.infer<typeof EnteredSeat>;

/** Somebody to whom tracks of somebody else flow at this moment, and which. */
export const TrackReceiver = z.object({
  producerSeatId: SeatId,
  seatId: SeatId,
  sources: z.array(MediaSource).min(1),
});
export type TrackReceiver = z.infer<typeof TrackReceiver>;

export const sfuRequests = {
  /**
   * Both transports of a seat on the room's router (made when the room is new). Asking again replaces them,
   * unless the seat still has those that are to be kept.
   */
  'seat:open': defineRequest({
    payload: z.strictObject({ ...seat, rtpCapabilities: RtpCapabilities, keep: TransportIds.optional() }),
    response: OpenSeat,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /**
   * Whether the seat may enter at any moment. If so, answers with consumers of everyone in the room for it, so
   * that its page can negotiate them ahead: they stay paused until it has entered, and nobody sees anything
   * of it. If not, whatever was made for it ends. A seat that has entered is left alone.
   */
  'seat:set-invited': defineRequest({
    payload: z.strictObject({ ...seat, isInvited: z.boolean() }),
    response: z.object({ consumers: z.array(SeatConsumer) }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /**
   * From now on the seat sees and is seen: answers with the consumers of everyone already in the room for
   * this seat, and of this seat's producers for everyone else. They are paused, but for those of this seat
   * that it calls ready. `isHeld` as in `room:set-held`, for a room that is new or has not heard of the
   * last change. `inside` are all who have entered.
   */
  'seat:enter': defineRequest({
    payload: z.strictObject({ ...seat, isHeld: z.boolean(), ready: ConsumerIds.default([]) }),
    response: EnteredSeat,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /** What this end measures of the seat's two directions right now. */
  'seat:stats': defineRequest({
    payload: z.strictObject(seat),
    response: ServerMeasures,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'seat:close': defineRequest({ payload: z.strictObject(seat), response: Done, errors: [] }),
  /**
   * While a room is held no producer in it flows, new ones neither. Afterwards those flow that their
   * owners have not paused. A room that does not exist is none to hold.
   */
  'room:set-held': defineRequest({
    payload: z.strictObject({ roomId: VisitId, isHeld: z.boolean() }),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /** Which of these rooms the node holds or is just making, and how many browsers are connected in each. */
  'room:find': defineRequest({
    payload: z.strictObject({ roomIds: z.array(VisitId).min(1).max(FIND_ROOMS_MAX) }),
    response: z.object({
      held: z.array(z.object({ roomId: VisitId, connected: z.number().int().nonnegative() })),
    }),
    errors: [],
  }),
  'room:close': defineRequest({ payload: z.strictObject({ roomId: VisitId }), response: Done, errors: [] }),
  'transport:connect': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['transport:connect'] }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  'transport:restart-ice': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['transport:restart-ice'] }),
    response: z.object({ iceParameters: IceParameters }),
    errors: ['MEDIA_REFUSED'],
  }),
  /**
   * Answers with the consumers that others get of it, when the seat has entered. Refused with SCREEN_TAKEN while
   * another seat of the room shows its screen.
   */
  'producer:create': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['producer:create'] }),
    response: z.object({ producerId: ProducerId, consumers: z.array(SeatConsumer) }),
    errors: ['MEDIA_REFUSED', 'SCREEN_TAKEN'],
  }),
  'producer:set-paused': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['producer:set-paused'] }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  'producer:close': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['producer:close'] }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  'consumer:set-paused': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['consumer:set-paused'] }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  'consumer:set-layers': defineRequest({
    payload: z.strictObject({ ...seat, ...mediaRequestShapes['consumer:set-layers'] }),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
} as const;

/** What an SFU node asks of everyone who is connected to it. */
export const sfuQuestions = {
  /** It is to carry nothing any more. Answered when all rooms of the one who is asked have moved that can. */
  'node:drain': defineRequest({ payload: z.strictObject({}), response: Done, errors: [] }),
} as const;

export const sfuEvents = {
  'consumer:paused': z.object({ ...seat, ...mediaEventShapes['consumer:paused'] }),
  /** What of a seat's picture anyone watches; told again after every entering of the seat. */
  'producer:demand': z.object({ ...seat, ...mediaEventShapes['producer:demand'] }),
  /** In what the others can be shown this seat's pictures from now on. */
  'seat:video-codecs': z.object({ ...seat, ...mediaEventShapes['seat:video-codecs'] }),
  /** A picture has ceased to come through, or does again. */
  'consumer:bottleneck': z.object({ ...seat, ...mediaEventShapes['consumer:bottleneck'] }),
  'consumer:closed': z.object({ ...seat, ...mediaEventShapes['consumer:closed'] }),
  /**
   * All that flows in the room, told anew soon after every change of it and after every entering. What its owner has
   * muted, its viewer has paused, or does not come through, does not flow.
   */
  'room:receivers': z.object({ roomId: VisitId, receivers: z.array(TrackReceiver) }),
  /** Who speaks now, in a room with three or more inside; told when it is another than before, and after every entering. */
  'room:speaker': z.object(seat),
  /** It went on sending far more than it may (`seatSendingCap`): it is closed, and is not to be opened again soon. */
  'seat:flooded': z.object(seat),
  /** Told on connecting, and every few seconds from then on. */
  'node:load': SfuLoad,
  /** The room is no more, because it was to end or nobody was in it. */
  'room:closed': z.object({ roomId: VisitId }),
  /** The worker under the room died: its transports are gone, a new `seat:open` makes new ones. */
  'room:lost': z.object({ roomId: VisitId }),
} as const;
