import type { Welcome } from '@careconnect/contracts';
import type { Namespace, Socket } from 'socket.io';
import type { SeatPushes } from './seat-contract.ts';
import type { SeatedPage } from './seated-page.ts';

/** What the handshake has prepared for the moment the socket is open. */
export interface Arrival {
  readonly page: SeatedPage;
  readonly welcome: Welcome;
}

interface SeatSocketData {
  /** Set by the handshake, called once by the open connection. */
  onOpen?: () => Arrival;
}

type NoEvents = Record<never, never>;
// Requests are dispatched by `bindRequests`; no listener is ever registered by name.
export type SeatSocket = Socket<NoEvents, SeatPushes, NoEvents, SeatSocketData>;
export type SeatNamespace = Namespace<NoEvents, SeatPushes, NoEvents, SeatSocketData>;
