import {
  SEAT_NAMESPACE,
  seatEvents,
  seatRequests,
  type JoinTicket,
  type RtpCapabilities,
  type TransportIds,
} from '@careconnect/contracts';
import type { SessionError } from './session-error.ts';
import { TicketedSocket, type LinkState } from './ticketed-socket.ts';

const contract = { namespace: SEAT_NAMESPACE, requests: seatRequests, events: seatEvents } as const;

export type SeatSocket = TicketedSocket<typeof seatRequests, typeof seatEvents>;

export interface SeatConnectionOptions {
  readonly fetchTicket: () => Promise<Pick<JoinTicket, 'ticket'>>;
  /** Null in a browser that cannot do media: the visit then goes on in words. */
  readonly rtpCapabilities: () => Promise<RtpCapabilities | null>;
  /** Transports that still carry media and should go on doing so, or null. */
  readonly transports: () => TransportIds | null;
  /** All messages up to this sequence number are known. */
  readonly messagesAfter: () => number;
  /** Take the seat over at once, for a tab that is known to have held it before a reload. */
  readonly takeOver: boolean;
  readonly onState: (state: LinkState, refusal: SessionError | null) => void;
}

export interface SeatConnection {
  readonly socket: SeatSocket;
  /** Connects and takes the seat from another tab or device. */
  takeOver(): void;
}

/** The connection of one person's seat in one visit. */
export function createSeatConnection(options: SeatConnectionOptions): SeatConnection {
  let mayTakeOver = options.takeOver;
  const socket = new TicketedSocket({
    contract,
    handshake: async () => {
      const [{ ticket }, rtpCapabilities] = await Promise.all([
        options.fetchTicket(),
        options.rtpCapabilities(),
      ]);
      const words = { ticket, takeOver: mayTakeOver, messagesAfter: options.messagesAfter() };
      if (!rtpCapabilities) return words;
      const transports = options.transports();
      return { ...words, rtpCapabilities, ...(transports ? { transports } : {}) };
    },
    onState: (state, refusal) => {
      // Who has sat here once comes back to the same seat, even while the server still
      // believes in the broken connection.
      if (state === 'connected') mayTakeOver = true;
      options.onState(state, refusal);
    },
  });
  return {
    socket,
    takeOver: () => {
      mayTakeOver = true;
      socket.connect();
    },
  };
}
