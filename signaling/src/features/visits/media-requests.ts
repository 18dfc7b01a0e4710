import {
  announcedBitrate,
  sendingCap,
  type MediaSource,
  type RequestHandlers,
  type RtpParameters,
  type seatRequests,
} from '@careconnect/contracts';
import { mediaUnavailable, type SfuPort } from '../../upstream/sfu-port.ts';
import type { SeatRequestName } from './seat-contract.ts';
import type { SeatSession } from './seat-session.ts';
import { visitErrors } from './visit-errors.ts';

type MediaRequestName = Extract<
  SeatRequestName,
  `${'transport' | 'media' | 'producer' | 'consumer'}:${string}`
>;
type MediaHandlers = Pick<RequestHandlers<typeof seatRequests, SeatSession>, MediaRequestName>;

/**
 * A seat's own transports, producers and consumers. The SFU finds each by room and seat, and both come
 * from the session: nobody can name someone else's.
 */
export function createMediaRequests(sfu: SfuPort): MediaHandlers {
  return {
    'transport:connect': async (session, { direction, transportId, dtlsParameters }) =>
      sfu.request('transport:connect', { ...owner(session), direction, transportId, dtlsParameters }),

    'transport:restart-ice': async (session, { direction, transportId }) =>
      sfu.request('transport:restart-ice', { ...owner(session), direction, transportId }),

    'media:renew': async ({ room, seat }) => {
      const path = await room.tracks.renew(seat);
      if (!path) throw mediaUnavailable();
      return path;
    },

    'media:arrived': async ({ room, seat }, { transportId }) => {
      room.tracks.arrived(seat, transportId);
      return {};
    },

    'producer:create': async (session, { transportId, kind, source, rtpParameters, paused }) => {
      requireAllowed(session, source, rtpParameters);
      if (!paused || source === 'screen') requireStarted(session);
      const asked = { ...owner(session), transportId, kind, source, rtpParameters, paused };
      const { producerId, consumers } = await sfu.request('producer:create', asked);
      session.room.tracks.deliver(consumers, null);
      return { producerId };
    },

    'producer:set-paused': async (session, { producerId, paused }) => {
      if (!paused) requireFlowing(session);
      return sfu.request('producer:set-paused', { ...owner(session), producerId, paused });
    },

    'producer:close': async (session, { producerId }) =>
      sfu.request('producer:close', { ...owner(session), producerId }),

    'consumer:set-paused': async (session, { consumerIds, paused }) => {
      requireInRoom(session);
      return sfu.request('consumer:set-paused', { ...owner(session), consumerIds, paused });
    },

    'consumer:set-layers': async (session, { consumerId, layers }) => {
      requireInRoom(session);
      return sfu.request('consumer:set-layers', { ...owner(session), consumerId, layers });
    },
  };
}

function owner({ room, seat }: SeatSession) {
  if (!seat.hasTransports) throw mediaUnavailable();
  return { roomId: room.id, seatId: seat.id };
}

function requireAllowed({ seat }: SeatSession, source: MediaSource, rtpParameters: RtpParameters): void {
  const cap = sendingCap(seat.role, source);
  if (cap === 0 || announcedBitrate(rtpParameters) > cap) throw visitErrors.sourceNotAllowed();
}

/** Before someone is in the room nothing of them is sent anywhere, not even to the SFU. */
function requireStarted({ seat }: SeatSession): void {
  if (!seat.isInRoom) throw visitErrors.pausedOnly();
}

function requireFlowing(session: SeatSession): void {
  requireStarted(session);
  if (session.room.isOnHold) throw visitErrors.onHold();
}

function requireInRoom({ seat }: SeatSession): void {
  if (!seat.isInRoom) throw visitErrors.notInRoom();
}
