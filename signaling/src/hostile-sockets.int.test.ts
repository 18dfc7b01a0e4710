import { once } from 'node:events';
import { type PractitionerId, SEAT_NAMESPACE } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { aSession } from './testing/clinic.ts';
import { type DeskPerson, Harness, seatTicket } from './testing/harness.ts';
import { PUBLIC_ORIGIN } from './testing/secrets.ts';

let clinic: Harness;

beforeAll(async () => {
  clinic = await Harness.start({ silenceMs: 200, handshakes: { burst: 5, perSecond: 0.001 } });
});
afterAll(() => clinic.close());

/** A bare connection, as Socket.IO's own client would never use one. */
function open(from = '127.0.0.1'): WebSocket {
  const socket = new WebSocket(`${clinic.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    origin: PUBLIC_ORIGIN,
    headers: { 'x-forwarded-for': from },
  });
  socket.on('error', () => undefined);
  onTestFinished(() => socket.terminate());
  return socket;
}

async function opened(): Promise<WebSocket> {
  const socket = open();
  await once(socket, 'message');
  return socket;
}

test('a connection that does not say who it is ends at once', async () => {
  await once(open(), 'close');
  const talkative = await opened();
  talkative.send('3');
  await once(talkative, 'close');
});

test.each([
  ['text', 'x'.repeat(70_000)],
  ['bytes', Buffer.alloc(70_000)],
])('a message that is too large ends the connection: %s', async (_what, message) => {
  const { patient } = clinic.api.add();
  const socket = await opened();
  socket.send(`40${SEAT_NAMESPACE},${JSON.stringify({ ticket: await seatTicket(patient) })}`);
  await once(socket, 'message');
  socket.send(message);
  await once(socket, 'close');
});

test('so many packets that are no requests end it too', async () => {
  const socket = await opened();
  socket.send(`40${SEAT_NAMESPACE},{}`);
  for (let sent = 0; sent < 500; sent += 1) socket.send(`43${SEAT_NAMESPACE},7[]`);
  await once(socket, 'close');
});

test('one network opens so many connections, and others are none the worse', async () => {
  const outcomes = [];
  for (let asked = 0; asked < 7; asked += 1) outcomes.push(await outcomeOf(open('203.0.113.9')));
  expect(outcomes).toEqual([...Array<string>(5).fill('open'), 'refused', 'refused']);
  expect(await outcomeOf(open('203.0.113.10'))).toBe('open');
  expect(await outcomeOf(open('127.0.0.1'))).toBe('open');
});

test('a session has so many windows on waiting rooms and no more', async () => {
  const person = aDoctor();
  for (let window = 0; window < 20; window += 1) {
    const page = await clinic.watch(person);
    await page.ask('queue:watch', { practitionerId: person.practitionerId });
  }
  expect((await (await clinic.watch(person)).refused()).code).toBe('RATE_LIMITED');
  const elsewhere = await clinic.watch({ ...person, sessionId: aSession() });
  await elsewhere.ask('queue:watch', { practitionerId: person.practitionerId });
});

test('whoever goes on asking the desk too fast is told so, and then sent away', async () => {
  const page = await clinic.watch(aDoctor());
  const ask = () => page.refusal('queue:nothing', {});
  const refusals = await Promise.all(Array.from({ length: 60 }, ask));
  expect(refusals.slice(0, 20)).toEqual(Array<string>(20).fill('UNKNOWN_EVENT'));
  expect(refusals.at(-1)).toBe('RATE_LIMITED');
  for (let sent = 0; sent < 400; sent += 1) page.socket.emit('queue:nothing', {});
  await page.ended();
});

/** Whoever has a visit in their queue. */
function aDoctor(): DeskPerson & { practitionerId: PractitionerId } {
  const { organizationId, practitionerId } = clinic.api.add({ state: 'waiting' });
  return { organizationId, practitionerId, role: 'doctor', sessionId: aSession() };
}

function outcomeOf(socket: WebSocket): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('close', () => resolve('refused'));
  });
}
