import { z } from 'zod';
import { InVisitFor } from '../core/acting.ts';
import { defineRequest, Done } from '../core/socket.ts';
import { SeatId, VisitId } from '../core/ids.ts';
import { Instant } from '../core/values.ts';
import { CHAT_PAGE_SIZE, ChatDraft, ChatMessage } from './chat.ts';
import {
  ConsumerIds,
  ConsumerParameters,
  IceParameters,
  IceServer,
  MediaSource,
  ProducerId,
  RtpCapabilities,
  SeatTransports,
  TransportId,
  TransportIds,
} from './media.ts';
import { mediaEventShapes, mediaRequestShapes } from './media-messages.ts';
import { QUALITY_MAX_KEPT, QualityReport } from './quality.ts';
import { WaitingPosition } from './queue.ts';
import { SeatRole } from './seats.ts';
import { Visit, VisitState } from './visit.ts';

/** Socket.IO namespace of one person's seat in one visit. */
export const SEAT_NAMESPACE = '/seat';
/** The part of a page's address that names its visit, so that the connection finds the process that serves it. */
export const SEAT_VISIT_PARAMETER = 'visit';

const ConnectionId = z.string().min(1).max(64);

/** What the handshake carries (`io(url, { auth })`). A ticket is good for one connection. */
export const SeatHandshake = z.strictObject({
  ticket: z.string().min(1).max(2048),
  /** Absent when the page only wants words, for example in a browser without WebRTC. */
  rtpCapabilities: RtpCapabilities.optional(),
  /**
   * Transports of this page that still carry media. Where the SFU has them too they stay, with all that
   * flows, and the welcome names them again; else it brings new ones.
   */
  transports: TransportIds.optional(),
  /** The page knows every message up to this sequence number and need not be told of them again. */
  messagesAfter: z.number().int().nonnegative().default(0),
  /**
   * The connection that this page had before, as its welcome named it. While no other has had the seat
   * since, the page comes back to it and into the room, even if the server still believes in the old
   * connection. A page without a past begins in the lobby.
   */
  previousConnection: ConnectionId.optional(),
  /** Take the seat over from another tab or device instead of being refused with SEAT_TAKEN. */
  takeOver: z.boolean().default(false),
});
export type SeatHandshake = z.infer<typeof SeatHandshake>;

/**
 * `lobby`: looking at their own camera. `waiting`: told the clinic they are here.
 * `in_room`: seen and heard.
 */
export const SeatPhase = z.enum(['lobby', 'waiting', 'in_room']);
export type SeatPhase = z.infer<typeof SeatPhase>;

export const Peer = z.object({
  seatId: SeatId,
  name: z.string(),
  seatRole: SeatRole,
  /** Of a parent or a carer: the patient they are there for. */
  inVisitFor: InVisitFor.optional(),
  /** False for the seconds in which a connection is being mended. */
  isConnected: z.boolean(),
});
export type Peer = z.infer<typeof Peer>;

/** Whose track a consumer shows. */
export const PeerConsumer = ConsumerParameters.extend({ seatId: SeatId });
export type PeerConsumer = z.infer<typeof PeerConsumer>;

/** Who gets this person's tracks at this moment, as the media server knows it, and which. */
export const Receiver = z.object({ seatId: SeatId, sources: z.array(MediaSource).min(1) });
export type Receiver = z.infer<typeof Receiver>;

/** The room as someone who has just come in needs it. */
export const RoomSnapshot = z.object({
  peers: z.array(Peer),
  /**
   * Seats that are seen and heard although nobody is connected to them yet: after a restart of signaling
   * media goes on, and people come back to it one by one. A page that shows them goes on doing so.
   */
  returning: z.array(SeatId),
  consumers: z.array(PeerConsumer),
  /** The newest, in order, of those that the page does not know. */
  messages: z.array(ChatMessage).max(CHAT_PAGE_SIZE),
  /** There are more between what the page knows and these; `chat:since` brings them. */
  hasOlderMessages: z.boolean(),
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;

/** The one answer to a connection: everything needed to be seen and heard. */
export const Welcome = z.object({
  connectionId: ConnectionId,
  visit: Visit,
  self: Peer,
  phase: SeatPhase,
  /** Whether `seat:join` would be accepted now; pushed again with `visit:state`. */
  mayJoin: z.boolean(),
  transports: SeatTransports.nullable(),
  /**
   * For all transports of this page from now on, these and later ones. Empty where the clinic has none. They are
   * good for hours, and each welcome brings fresh ones. The credential is a secret.
   */
  iceServers: z.array(IceServer).max(4),
  /** Filled when the phase is `in_room`. */
  room: RoomSnapshot.nullable(),
  /**
   * What someone outside who may join would be shown, for the page to negotiate ahead; `consumer:added`
   * brings more, and `consumer:closed` takes them away when they may not join any more. Nothing of it flows
   * before they are in the room.
   */
  prepared: z.array(PeerConsumer),
  position: WaitingPosition.nullable(),
  serverTime: Instant,
});
export type Welcome = z.infer<typeof Welcome>;

/** New ends for a seat whose media was gone, and what they show: as a welcome brings them, for a page that is connected. */
export const MediaPath = z.object({
  transports: SeatTransports,
  /** In the room what the seat watches, outside what it may prepare for. */
  consumers: z.array(PeerConsumer),
});
export type MediaPath = z.infer<typeof MediaPath>;

const None = z.strictObject({});

export const seatRequests = {
  /** Patient: "I am here". lobby → waiting. */
  'seat:check-in': defineRequest({
    payload: None,
    response: z.object({ phase: SeatPhase, position: WaitingPosition.nullable() }),
    errors: ['VISIT_TRANSITION_REFUSED', 'VISIT_TOO_EARLY', 'VISIT_OVER'],
  }),
  /**
   * Enter the room. Refused with VISIT_NOT_STARTED until the host has admitted. Consumers that the page has
   * negotiated ahead (`ready`) flow from this moment.
   */
  'seat:join': defineRequest({
    payload: z.strictObject({ ready: ConsumerIds.default([]) }),
    response: RoomSnapshot,
    errors: ['VISIT_NOT_STARTED', 'VISIT_OVER'],
  }),
  /** The page has reason to doubt its connection and wants to know whether it still carries. */
  'seat:ping': defineRequest({ payload: None, response: Done, errors: [] }),
  'seat:leave': defineRequest({ payload: None, response: Done, errors: [] }),
  'transport:connect': defineRequest({
    payload: z.strictObject(mediaRequestShapes['transport:connect']),
    response: Done,
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'transport:restart-ice': defineRequest({
    payload: z.strictObject(mediaRequestShapes['transport:restart-ice']),
    response: z.object({ iceParameters: IceParameters }),
    errors: ['MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /** The page's transports are broken beyond an ICE restart: answers with others, in the place where it is. */
  'media:renew': defineRequest({ payload: None, response: MediaPath, errors: ['MEDIA_UNAVAILABLE'] }),
  /** After `media:moving`: the page shows over the new path what the others send, and needs the old one no more. */
  'media:arrived': defineRequest({
    payload: z.strictObject({ transportId: TransportId }),
    response: Done,
    errors: [],
  }),
  /**
   * Allowed in the lobby too, paused; nobody can consume it before its seat is in the room. During a hold
   * nothing flows until the hold is over, whatever `paused` says. `SENDING_CAPS` says who may send what; a screen is
   * shown by one person at a time, and from inside the room only.
   */
  'producer:create': defineRequest({
    payload: z.strictObject(mediaRequestShapes['producer:create']),
    response: z.object({ producerId: ProducerId }),
    errors: ['SOURCE_NOT_ALLOWED', 'SCREEN_TAKEN', 'MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /**
   * What the owner wants. During a hold the server lets nothing flow and takes no resuming; what was not
   * paused by its owner flows on by itself when the hold is over.
   */
  'producer:set-paused': defineRequest({
    payload: z.strictObject(mediaRequestShapes['producer:set-paused']),
    response: Done,
    errors: ['VISIT_ON_HOLD', 'MEDIA_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:close': defineRequest({
    payload: z.strictObject(mediaRequestShapes['producer:close']),
    response: Done,
    errors: ['MEDIA_REFUSED'],
  }),
  /** Consumers start paused; the page resumes them once its own side is ready to decode. */
  'consumer:set-paused': defineRequest({
    payload: z.strictObject(mediaRequestShapes['consumer:set-paused']),
    response: Done,
    errors: ['MEDIA_REFUSED', 'NOT_IN_ROOM'],
  }),
  'consumer:set-layers': defineRequest({
    payload: z.strictObject(mediaRequestShapes['consumer:set-layers']),
    response: Done,
    errors: ['MEDIA_REFUSED', 'NOT_IN_ROOM'],
  }),
  'chat:send': defineRequest({
    payload: ChatDraft,
    response: ChatMessage,
    errors: ['NOT_IN_ROOM', 'VISIT_OVER', 'CHAT_FULL', 'CONFLICT'],
  }),
  /** The first messages after `afterSequence`, a page of them at most. */
  'chat:since': defineRequest({
    payload: z.strictObject({ afterSequence: z.number().int().nonnegative() }),
    response: z.object({ messages: z.array(ChatMessage).max(CHAT_PAGE_SIZE) }),
    errors: ['NOT_IN_ROOM'],
  }),
  /** How this seat hears and sees, and is heard and seen; of what could not be sent before, the newest too. */
  'quality:report': defineRequest({
    payload: z.strictObject({ reports: z.array(QualityReport).min(1).max(QUALITY_MAX_KEPT) }),
    response: Done,
    errors: ['NOT_IN_ROOM'],
  }),
} as const;

export const seatEvents = {
  welcome: Welcome,
  'visit:state': z.object({ visitId: VisitId, state: VisitState, mayJoin: z.boolean() }),
  'queue:position': WaitingPosition,
  /** The host has let this person in: the same snapshot that `seat:join` answers with. */
  'seat:admitted': RoomSnapshot,
  /** Another tab or device took the seat; this connection is about to close. */
  'seat:replaced': z.object({}),
  /** The person was signed out; this connection is about to close. Signing in again gives the same seat. */
  'session:ended': z.object({}),
  'peer:joined': Peer,
  'peer:left': z.object({ seatId: SeatId }),
  'peer:connection': z.object({ seatId: SeatId, isConnected: z.boolean() }),
  /**
   * To whom what this person sends flows from now on; whoever is not in the list gets nothing of it. Null while the
   * media server cannot be asked.
   */
  'seat:receivers': z.object({ receivers: z.array(Receiver).nullable() }),
  /** What of an own picture anyone watches: layers above need not be sent. They are to be sent at once when they are. */
  'producer:demand': z.object(mediaEventShapes['producer:demand']),
  /** Somebody has come or gone who can be shown less than the others: own pictures are to be sent in other codecs. */
  'seat:video-codecs': z.object(mediaEventShapes['seat:video-codecs']),
  /** Somebody in a group has begun to speak, or speaks louder than whoever did; it may be this seat itself. */
  'room:speaker': z.object({ seatId: SeatId }),
  'consumer:added': z.object({ consumers: z.array(PeerConsumer) }),
  'consumer:paused': z.object(mediaEventShapes['consumer:paused']),
  /** A picture has ceased to come through, or does again. Sound goes on. */
  'consumer:bottleneck': z.object(mediaEventShapes['consumer:bottleneck']),
  'consumer:closed': z.object(mediaEventShapes['consumer:closed']),
  /** The media path of this seat is gone, and there is no other for now. `media:renewed` brings one. */
  'media:lost': z.object({}),
  /** The media path of this seat was gone; this is the new one. */
  'media:renewed': MediaPath,
  /**
   * The visit goes on over another path. What flows over the one that there is flows on until `media:moved`: the page
   * sends over both, shows each track over the new one as soon as something comes, and says `media:arrived` then. It may
   * ask nothing about the old one any more.
   */
  'media:moving': MediaPath,
  /** Everyone has come over to the new path, or had time to: the old one is gone. */
  'media:moved': z.object({}),
  'chat:message': ChatMessage,
} as const;
