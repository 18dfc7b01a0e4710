import { randomUUID } from 'node:crypto';
import { DeskHandshake, deskRequests, type RequestHandlers } from '@careconnect/contracts';
import type { Push } from '@careconnect/contracts/internal';
import { AppError, KeyedQueue, type Clock, type Logger } from '@careconnect/platform';
import { bindRequests } from '../../core/bind-requests.ts';
import { parseHandshake } from '../../core/parse-handshake.ts';
import type { RequestLimits } from '../../core/request-limiter.ts';
import { RequestLimiters } from '../../core/request-limiters.ts';
import type { SignalingMetrics } from '../../core/signaling-metrics.ts';
import { toConnectError } from '../../core/socket-errors.ts';
import type { TicketDesk } from '../../core/tickets.ts';
import type { LiveSessions, SessionHolder } from '../sessions/live-sessions.ts';
import type { DeskPage } from './desk-requests.ts';
import { queueRoom, sessionRoom, type DeskNamespace, type DeskSocket } from './desk-socket.ts';

export interface DeskNamespaceDeps {
  readonly tickets: TicketDesk;
  readonly sessions: Pick<LiveSessions, 'requireLive' | 'hasEnded' | 'end'>;
  readonly handlers: RequestHandlers<typeof deskRequests, DeskPage>;
  readonly limits: RequestLimits;
  readonly metrics: SignalingMetrics;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Desk extends SessionHolder {
  queueChanged(push: Extract<Push, { type: 'queue.changed' }>): void;
}

/** Of one session, each told of every change. More than anybody looks at. */
const MAX_WINDOWS = 20;

/** Staff who watch waiting rooms. */
export function serveDesk(namespace: DeskNamespace, deps: DeskNamespaceDeps): Desk {
  const { tickets, sessions, handlers, limits, metrics, clock, log } = deps;
  // First the list, then its changes: nobody is shown an older queue after a newer one.
  const turns = new KeyedQueue();
  const limiters = new RequestLimiters(limits, clock);

  namespace.use((socket, next) => {
    receive(socket).then(
      () => next(),
      (error: unknown) => {
        const refusal = toConnectError(error, randomUUID());
        metrics.refused(namespace.name, refusal.data.code);
        next(refusal);
      },
    );
  });

  async function receive(socket: DeskSocket): Promise<void> {
    const { ticket } = parseHandshake(DeskHandshake, socket.handshake.auth);
    const claims = await tickets.redeemDesk(ticket);
    sessions.requireLive(claims.sid);
    if ((namespace.adapter.rooms.get(sessionRoom(claims.sid))?.size ?? 0) >= MAX_WINDOWS)
      throw tooManyWindows();
    socket.data.claims = claims;
  }

  namespace.on('connection', (socket) => {
    const { claims } = socket.data;
    if (!claims) return void socket.disconnect();
    void socket.join(sessionRoom(claims.sid));
    // It ended on the way, when there was nobody to send away yet.
    if (sessions.hasEnded(claims.sid)) return sessions.end(claims.sid);
    bindRequests(socket, {
      requests: deskRequests,
      handlers,
      context: () => ({ claims, socket }),
      schedule: (_name, answer) => turns.run(claims.org, answer),
      limiter: limiters.of(claims.sub),
      metrics,
      log,
    });
  });

  return {
    queueChanged({ organizationId, practitionerId, entries }) {
      void turns.run(organizationId, async () => {
        const watchers = namespace.to(queueRoom(organizationId, practitionerId));
        watchers.emit('queue:changed', { practitionerId, entries });
      });
    },

    sessionIds: () => [...namespace.sockets.values()].flatMap(({ data }) => data.claims?.sid ?? []),

    endSession(sessionId) {
      const theirs = namespace.in(sessionRoom(sessionId));
      theirs.emit('session:ended', {});
      theirs.disconnectSockets();
    },
  };
}

function tooManyWindows(): AppError {
  return new AppError('RATE_LIMITED', 'You have this open in too many windows. Please close some of them.');
}
