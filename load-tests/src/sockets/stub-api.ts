import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { internalApiEndpoints } from '@careconnect/contracts/internal';

/**
 * What signaling asks of api, answered without a database: everybody waits, and has checked in. Ten thousand visits in
 * PostgreSQL would measure something else.
 */
export async function startStubApi(): Promise<{ origin: string; stop: () => void }> {
  const server = createServer((request, response) => {
    request.resume();
    const { pathname } = new URL(request.url ?? '/', 'http://api');
    response.setHeader('content-type', 'application/json');
    if (pathname === internalApiEndpoints.visitStates.path) response.end(JSON.stringify({ visits: [] }));
    else if (pathname === internalApiEndpoints.endedSessions.path)
      response.end(JSON.stringify({ endedIds: [] }));
    else if (request.method === 'POST') response.writeHead(204).end();
    else response.end(JSON.stringify(contextOf(visitIn(pathname))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${portOf(server)}`, stop: () => server.closeAllConnections() };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function visitIn(path: string): string {
  return /\/visits\/([^/]+)/.exec(path)?.[1] ?? '';
}

function contextOf(visitId: string): object {
  const now = new Date().toISOString();
  return {
    visit: {
      id: visitId,
      state: 'waiting',
      origin: 'appointment',
      appointmentId: null,
      reason: null,
      patient: { id: randomUUID(), name: 'Waiting patient', birthDate: '1955-04-02' },
      practitioner: { id: randomUUID(), name: 'Dr. Busy', specialty: 'Family medicine' },
      scheduledAt: null,
      waitingSince: now,
      startedAt: null,
      endedAt: null,
      createdAt: now,
    },
    mayJoin: false,
    isCheckedIn: true,
    position: { visitId, position: 1, isDoctorBusy: true, estimateMinutes: null },
  };
}
