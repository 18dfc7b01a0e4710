import { randomUUID } from 'node:crypto';
import { SeatHandshake, seatRequests, type RequestHandlers } from '@careconnect/contracts';
import type { Clock, Logger } from '@careconnect/platform';
import { bindRequests } from '../../core/bind-requests.ts';
import type { RequestLimits } from '../../core/request-limiter.ts';
import { RequestLimiters } from '../../core/request-limiters.ts';
import { parseHandshake } from '../../core/parse-handshake.ts';
import type { SignalingMetrics } from '../../core/signaling-metrics.ts';
import { toConnectError } from '../../core/socket-errors.ts';
import type { TicketDesk } from '../../core/tickets.ts';
import type { LiveSessions } from '../sessions/live-sessions.ts';
import { createGracePeriod } from './grace-period.ts';
import { handOver } from './hand-over.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { SeatArrival } from './seat-arrival.ts';
import { createRequestOrder } from './request-order.ts';
import { requireLive, type SeatedPage } from './seated-page.ts';
import type { SeatNamespace, SeatSocket } from './seat-socket.ts';
import { waitForReload } from './wait-for-reload.ts';

export interface SeatNamespaceDeps {
  readonly registry: RoomRegistry;
  readonly tickets: TicketDesk;
  readonly sessions: LiveSessions;
  readonly arrive: SeatArrival;
  readonly handlers: RequestHandlers<typeof seatRequests, SeatedPage>;
  readonly limits: RequestLimits;
  readonly metrics: SignalingMetrics;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a seat is kept for someone whose connection broke. */
  readonly graceMs: number;
}

/** People in visits: who comes in, what they may ask, and what happens when their connection breaks. */
export function serveSeats(namespace: SeatNamespace, deps: SeatNamespaceDeps): void {
  const { registry, tickets, sessions, arrive, handlers, limits, metrics, clock, log } = deps;
  const gracePeriod = createGracePeriod(registry, deps.graceMs);
  const inOrder = createRequestOrder(registry);
  const limiters = new RequestLimiters(limits, clock);

  async function receive(socket: SeatSocket, next: (error?: Error) => void): Promise<void> {
    const handshake = parseHandshake(SeatHandshake, socket.handshake.auth);
    socket.handshake.auth = {};
    const claims = await tickets.redeemSeat(handshake.ticket);
    const { sid, visitId, seatId } = claims;
    sessions.requireLive(sid);
    const isTaken = () => {
      const seat = registry.find(visitId)?.seats.find(seatId);
      return seat?.isTakenFor(handshake) === true;
    };
    await waitForReload(isTaken);
    // The whole arrival is one turn of the visit: whatever is pushed next comes after the welcome.
    const seat = async () => {
      const arrival = await arrive(claims, handshake, socket);
      if (!(await handOver(socket, arrival, next))) return gracePeriod.begin(arrival.page);
      registry.within(visitId, (room) => room.admitWaiting());
    };
    await registry.runArrival(visitId, () => registry.serve(visitId, seat));
    // It ended on the way, when there was nobody to send away yet.
    if (sessions.hasEnded(sid)) sessions.end(sid);
  }

  function bind(socket: SeatSocket, page: SeatedPage): void {
    bindRequests(socket, {
      requests: seatRequests,
      handlers,
      context: () => requireLive(page),
      schedule: (name, answer) => inOrder(page.room.id, name, answer),
      limiter: limiters.of(page.seat.id),
      metrics,
      log,
    });
    socket.on('disconnect', () => registry.within(page.room.id, () => gracePeriod.begin(page)));
  }

  namespace.use((socket, next) => {
    receive(socket, next).catch((error: unknown) => {
      const refusal = toConnectError(error, randomUUID());
      const { code, requestId } = refusal.data;
      if (code === 'INTERNAL') log.error({ err: error, requestId }, 'a handshake failed');
      metrics.refused(namespace.name, code);
      next(refusal);
    });
  });
  namespace.on('connection', (socket) => {
    const arrival = socket.data.onOpen?.();
    // What was needed to come in is not kept for as long as somebody waits.
    delete socket.data.onOpen;
    if (!arrival) return void socket.disconnect();
    bind(socket, arrival.page);
    socket.emit('welcome', arrival.welcome);
  });
}
