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
import type { SeatedPage } from './seated-page.ts';
import { visitErrors } from './visit-errors.ts';

type MediaRequestName = Extract<
  SeatRequestName,
  `${'transport' | 'media' | 'producer' | 'consumer'}:${string}`
>;
type MediaHandlers = Pick<RequestHandlers<typeof seatRequests, SeatedPage>, MediaRequestName>;

/**
 * A seat's own transports, producers and consumers. The SFU finds each by room and seat, and both come
 * from the ticket: nobody can name someone else's.
 */
export function createMediaRequests(sfu: SfuPort): MediaHandlers {
  return {
    'transport:connect': async (page, { direction, transportId, dtlsParameters }) =>
      sfu.request('transport:connect', { ...owner(page), direction, transportId, dtlsParameters }),

    'transport:restart-ice': async (page, { direction, transportId }) =>
      sfu.request('transport:restart-ice', { ...owner(page), direction, transportId }),

    'media:renew': async ({ room, seat }) => {
      const path = await room.tracks.renew(seat);
      if (!path) throw mediaUnavailable();
      return path;
    },

    'media:arrived': async ({ room, seat }, { transportId }) => {
      room.tracks.arrived(seat, transportId);
      return {};
    },

    'producer:create': async (page, { transportId, kind, source, rtpParameters, paused }) => {
      requireAllowed(page, source, rtpParameters);
      if (!paused || source === 'screen') requireStarted(page);
      const asked = { ...owner(page), transportId, kind, source, rtpParameters, paused };
      const { producerId, consumers } = await sfu.request('producer:create', asked);
      page.room.tracks.deliver(consumers, null);
      return { producerId };
    },

    'producer:set-paused': async (page, { producerId, paused }) => {
      if (!paused) requireFlowing(page);
      return sfu.request('producer:set-paused', { ...owner(page), producerId, paused });
    },

    'producer:close': async (page, { producerId }) =>
      sfu.request('producer:close', { ...owner(page), producerId }),

    'consumer:set-paused': async (page, { consumerIds, paused }) => {
      requireInRoom(page);
      return sfu.request('consumer:set-paused', { ...owner(page), consumerIds, paused });
    },

    'consumer:set-layers': async (page, { consumerId, layers }) => {
      requireInRoom(page);
      return sfu.request('consumer:set-layers', { ...owner(page), consumerId, layers });
    },
  };
}

function owner({ room, seat }: SeatedPage) {
  if (!seat.hasTransports) throw mediaUnavailable();
  return { roomId: room.id, seatId: seat.id };
}

function requireAllowed({ seat }: SeatedPage, source: MediaSource, rtpParameters: RtpParameters): void {
  const cap = sendingCap(seat.role, source);
  if (cap === 0 || announcedBitrate(rtpParameters) > cap) throw visitErrors.sourceNotAllowed();
}

/** Before someone is in the room nothing of them is sent anywhere, not even to the SFU. */
function requireStarted({ seat }: SeatedPage): void {
  if (!seat.isInRoom) throw visitErrors.pausedOnly();
}

function requireFlowing(page: SeatedPage): void {
  requireStarted(page);
  if (page.room.isOnHold) throw visitErrors.onHold();
}

function requireInRoom({ seat }: SeatedPage): void {
  if (!seat.isInRoom) throw visitErrors.notInRoom();
}
