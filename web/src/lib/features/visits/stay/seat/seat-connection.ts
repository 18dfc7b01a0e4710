import {
  SEAT_NAMESPACE,
  SEAT_VISIT_PARAMETER,
  seatEvents,
  seatRequests,
  type JoinTicket,
  type RtpCapabilities,
  type TransportIds,
  type VisitId,
} from '@careconnect/contracts';
import type { RequestError } from './request-error.ts';
import { TicketedSocket, type LinkState } from './ticketed-socket.ts';

const contract = { namespace: SEAT_NAMESPACE, requests: seatRequests, events: seatEvents } as const;

export type SeatSocket = TicketedSocket<typeof seatRequests, typeof seatEvents>;

export interface SeatConnectionOptions {
  readonly visitId: VisitId;
  readonly fetchTicket: () => Promise<Pick<JoinTicket, 'ticket'>>;
  /** Null in a browser that cannot do media: the visit then goes on in words. */
  readonly rtpCapabilities: () => Promise<RtpCapabilities | null>;
  /** Transports that still carry media and should go on doing so, or null. */
  readonly transports: () => TransportIds | null;
  /** All messages up to this sequence number are known. */
  readonly messagesAfter: () => number;
  /** What the last welcome of this tab called its connection, or null: it may come back to its own seat. */
  readonly previousConnection: () => string | null;
  readonly onState: (state: LinkState, refusal: RequestError | null) => void;
}

export interface SeatConnection {
  readonly socket: SeatSocket;
  /** Connects and takes the seat from another tab or device. */
  takeOver(): void;
}

/** The connection of one person's seat in one visit. */
export function createSeatConnection(options: SeatConnectionOptions): SeatConnection {
  let takesOver = false;
  const socket = new TicketedSocket({
    contract,
    query: { [SEAT_VISIT_PARAMETER]: options.visitId },
    fetchTicket: options.fetchTicket,
    introduce: async () => {
      const rtpCapabilities = await options.rtpCapabilities();
      const previousConnection = options.previousConnection();
      const words = {
        takeOver: takesOver,
        messagesAfter: options.messagesAfter(),
        ...(previousConnection ? { previousConnection } : {}),
      };
      if (!rtpCapabilities) return words;
      const transports = options.transports();
      return { ...words, rtpCapabilities, ...(transports ? { transports } : {}) };
    },
    onState: (state, refusal) => {
      // The press was for this once: a device that sleeps must not take the seat back when it wakes.
      if (state === 'connected') takesOver = false;
      options.onState(state, refusal);
    },
  });
  return {
    socket,
    takeOver: () => {
      takesOver = true;
      socket.connect();
    },
  };
}
