import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Problem } from '@careconnect/contracts';
import { internalSignalingEndpoints } from '@careconnect/contracts/internal';
import { createServiceTokens, type ServiceName } from '@careconnect/platform';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Harness, seatTicket } from './testing/harness.ts';
import { PUBLIC_ORIGIN, SERVICE_SECRET } from './testing/secrets.ts';
import { openSeatPage } from './testing/test-page.ts';

const { method, path } = internalSignalingEndpoints.push;
let clinic: Harness;

beforeAll(async () => {
  clinic = await Harness.start();
});
afterAll(() => clinic.close());

test('health, readiness and figures are there to be asked', async () => {
  expect((await fetch(`${clinic.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${clinic.url}/readyz`)).status).toBe(200);
  const { patient } = clinic.api.add();
  const page = await clinic.sit(patient);
  await page.event('welcome');
  await page.refusal('seat:join', {});
  const figures = await (await fetch(`${clinic.url}/metrics`)).text();
  expect(figures).toMatch(/careconnect_signaling_live\{what="visits",service="signaling"\} 1/);
  expect(figures).toMatch(
    /careconnect_signaling_request_seconds_count\{.*event="seat:join",outcome="VISIT_NOT_STARTED"/,
  );
});

test('only api may push', async () => {
  const body = JSON.stringify({ pushes: [aPush()] });
  expect(await push({ body })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect(await push({ body, token: 'nonsense' })).toMatchObject({ status: 401 });
  expect(await push({ body, token: await tokenOf('sfu') })).toMatchObject({ status: 401 });
  expect(await push({ body, token: await tokenOf('api', 'api') })).toMatchObject({ status: 401 });
  expect(await push({ body, token: await tokenOf('api') })).toMatchObject({ status: 204 });
});

test('a push that is not understood is refused as a whole', async () => {
  const token = await tokenOf('api');
  expect(await push({ token, body: '{' })).toMatchObject({ status: 400, code: 'MALFORMED_JSON' });
  const pushes = [aPush(), { type: 'visit.forgotten' }];
  const refused = await push({ token, body: JSON.stringify({ pushes }) });
  expect(refused).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  expect(refused.issues?.[0]?.path).toBe('pushes.1.type');
  const tooLarge = JSON.stringify({ pushes, filler: 'x'.repeat(3_000_000) });
  expect(await push({ token, body: tooLarge })).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
});

test('does not talk over long polling', async () => {
  const answer = await fetch(`${clinic.url}/socket.io/?EIO=4&transport=polling`);
  expect(answer.status).toBe(400);
});

test('anything else is not found', async () => {
  const response = await fetch(`${clinic.url}/internal/v1/visits`);
  expect(Problem.parse(await response.json())).toMatchObject({
    type: '/api/docs#error-NOT_FOUND',
    status: 404,
    code: 'NOT_FOUND',
  });
  expect((await fetch(`${clinic.url}${path}`)).status).toBe(405);
});

test.each([
  ['our own pages', PUBLIC_ORIGIN, true],
  ['a native client', undefined, true],
  ['another site', 'https://elsewhere.example', false],
  ['a page that hides where it is', 'null', false],
])('a socket from %s', async (_who, origin, isLetIn) => {
  const { patient } = clinic.api.add();
  const headers: Record<string, string> = origin === undefined ? {} : { origin };
  const page = openSeatPage(clinic.url, { auth: { ticket: await seatTicket(patient) }, headers });
  const outcome = await Promise.race([
    page.event('welcome').then(() => true),
    page.refused().then(() => false),
  ]);
  page.close();
  expect(outcome).toBe(isLetIn);
});

test('a handshake or a push that does not come is refused in time', async () => {
  const hasty = await Harness.start({ limits: { headersMs: 200, requestMs: 400 } });
  onTestFinished(() => hasty.close());
  const begun = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nupgrade: websocket\r\n',
    `POST ${path} HTTP/1.1\r\nhost: signaling\r\nauthorization: Bearer ${await tokenOf('api')}\r\ncontent-length: 9999\r\n\r\n{`,
  ];
  for (const words of begun) {
    const socket = connect(Number(new URL(hasty.url).port), '127.0.0.1').setEncoding('utf8');
    socket.write(words);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [^]+took too long/);
    socket.destroy();
  }
});

interface PushAnswer extends Partial<Problem> {
  readonly status: number;
}

async function push({ body, token }: { body: string; token?: string }): Promise<PushAnswer> {
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const response = await fetch(`${clinic.url}${path}`, { method, headers, body });
  if (response.status === 204) return { status: 204 };
  return Problem.parse(await response.json());
}

function tokenOf(caller: ServiceName, audience: ServiceName = 'signaling'): Promise<string> {
  return createServiceTokens(SERVICE_SECRET, caller).tokenFor(audience);
}

function aPush() {
  const [organizationId, practitionerId] = [randomUUID(), randomUUID()];
  return { type: 'queue.changed', organizationId, practitionerId, entries: [], positions: [] };
}
