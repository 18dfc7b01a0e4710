import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { DESK_NAMESPACE, OrganizationId } from '@careconnect/contracts';
import { createLogger, createMetrics, listen, systemClock as clock } from '@careconnect/platform';
import { expect, test } from 'vitest';
import { createSignalingMetrics } from '../../core/signaling-metrics.ts';
import { createSocketServer } from '../../core/socket-server.ts';
import { createUsedTickets } from '../../cluster/used-tickets.ts';
import { createTicketDesk } from '../../core/tickets.ts';
import { aSession } from '../../testing/clinic.ts';
import { deskTicket } from '../../testing/harness.ts';
import { JOIN_TICKET_SECRET, PUBLIC_ORIGIN } from '../../testing/secrets.ts';
import { openDeskPage } from '../../testing/test-page.ts';
import { LiveSessions } from '../sessions/live-sessions.ts';
import { serveDesk } from './desk-namespace.ts';
import { createDeskRequests } from './desk-requests.ts';
import type { DeskNamespace } from './desk-socket.ts';

test('a session that ends while its desk is opening closes the desk', async () => {
  const log = createLogger({ name: 'signaling', level: 'silent' });
  const http = createServer();
  const io = createSocketServer(http, { publicOrigin: PUBLIC_ORIGIN, clock });
  const namespace = io.of(DESK_NAMESPACE) as DeskNamespace;
  const sessions = new LiveSessions({ clock, log });
  const desk = serveDesk(namespace, {
    tickets: createTicketDesk(JOIN_TICKET_SECRET, createUsedTickets(clock), clock),
    sessions,
    handlers: createDeskRequests({ queue: async () => [] }),
    limits: { all: { burst: 1, perSecond: 1 } },
    metrics: createSignalingMetrics(createMetrics('signaling')),
    clock,
    log,
  });
  sessions.add(desk);
  const sessionId = aSession();
  // The ticket has been taken, and nobody is connected yet.
  namespace.use((_socket, next) => {
    sessions.end(sessionId);
    next();
  });
  const { port } = await listen(http, 0, '127.0.0.1');

  const organizationId = OrganizationId.parse(randomUUID());
  const ticket = await deskTicket({ organizationId, role: 'admin', practitionerId: null, sessionId });
  const page = openDeskPage(`http://127.0.0.1:${port}`, { auth: { ticket } });
  expect(await page.event('session:ended')).toEqual({});
  expect(await page.ended()).toBe('io server disconnect');
  await io.close();
});
