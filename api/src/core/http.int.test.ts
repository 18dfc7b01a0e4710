import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const { login, me } = endpoints.auth;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

test('what does not exist says so, and what exists says how it may be asked', async () => {
  const client = api.client();
  expect(codeOf(await client.send('GET', '/api/v1/nothing'))).toBe('NOT_FOUND');
  expect(codeOf(await client.send('GET', '/API/v1/auth/me'))).toBe('NOT_FOUND');
  const wrongMethod = await client.send('DELETE', '/api/v1/auth/reset-password');
  expect(codeOf(wrongMethod)).toBe('METHOD_NOT_ALLOWED');
  expect(wrongMethod.headers.get('allow')).toBe('POST, PUT');
  expect(codeOf(await client.send('GET', '/api/v1/walk-ins/%E0%A4%A'))).toBe('VALIDATION_FAILED');
});

test('a body is JSON, in one piece and of a sane size, or it is refused by name', async () => {
  const client = api.client();
  const post = (body: string, headers: Record<string, string>) =>
    client.send('POST', login.path, { body, headers });
  expect(codeOf(await post('{"email":', JSON_TYPE))).toBe('MALFORMED_JSON');
  expect(codeOf(await post('email=a', { 'content-type': 'application/x-www-form-urlencoded' }))).toBe(
    'UNSUPPORTED_MEDIA_TYPE',
  );
  expect(codeOf(await post('{}', { 'content-type': 'application/json; charset=iso-8859-1' }))).toBe(
    'UNSUPPORTED_MEDIA_TYPE',
  );
  expect(codeOf(await post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }))).toBe(
    'UNSUPPORTED_MEDIA_TYPE',
  );
  expect(codeOf(await post(JSON.stringify({ email: 'a'.repeat(120_000) }), JSON_TYPE))).toBe(
    'BODY_TOO_LARGE',
  );
  const unknown = await post(
    JSON.stringify({ email: 'a@b.example', password: 'x', isAdmin: true }),
    JSON_TYPE,
  );
  expect(unknown.body).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: '' }] });
});

test('what is no request, or one that never ends, is refused in the same way', async () => {
  const tooLong = await api.client().send('GET', `${me.path}?${'a'.repeat(20_000)}`);
  expect(tooLong.body).toMatchObject({
    code: 'VALIDATION_FAILED',
    detail: 'The address or the headers are too long.',
  });
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.end('SSH-2.0-OpenSSH_9\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request[^]+"code":"VALIDATION_FAILED"/);
});

test('a request id is taken over when it is a sane one, and is in header and problem', async () => {
  const client = api.client();
  const given = await client.send('GET', me.path, { headers: { 'x-request-id': 'front-door.0001' } });
  expect(given.headers.get('x-request-id')).toBe('front-door.0001');
  expect(given.body).toMatchObject({ requestId: 'front-door.0001', code: 'UNAUTHENTICATED' });
  const made = await client.send('GET', me.path, { headers: { 'x-request-id': 'no "quotes", please' } });
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a scheme or token that is not ours is not signed in, with or without good cookies', async () => {
  const client = await api.signIn(clinic.members.doctor);
  for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer x', 'Bearer a b']) {
    expect((await client.refused(me, { headers: { authorization } })).code, authorization).toBe(
      'UNAUTHENTICATED',
    );
  }
  const stale = { cookie: 'cc_access=old; cc_csrf=old' };
  const body = { email: clinic.members.doctor.email, password: TEST_PASSWORD };
  await api.client(stale).call(login, { body });
});

test('answers are data for one person: not cached, not framed, not sniffed, and nameless', async () => {
  const { headers } = await api.client().send('GET', '/api/openapi.json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.has('x-powered-by')).toBe(false);
});

test('the address of the caller is what the front door says, and limits count by it', async () => {
  const tight = await startTestApi({ postgresUrl: inject('postgresUrl'), rateLimitFactor: 0.05 });
  const from = (ip: string) => tight.client({ 'x-forwarded-for': ip });
  const body = { email: 'nobody@clinic.example' };
  const ask = endpoints.auth.requestPasswordReset;
  try {
    for (let tries = 0; tries < 3; tries += 1) await from('203.0.113.1').call(ask, { body });
    const problem = await from('203.0.113.1').refused(ask, { body });
    expect(problem.code).toBe('RATE_LIMITED');
    expect(problem.retryAfterSeconds).toBeGreaterThan(0);
    await from('203.0.113.2').call(ask, { body });
    for (let host = 1; host <= 3; host += 1) await from(`2001:db8:0:1::${host}`).call(ask, { body });
    expect((await from('2001:db8:0:1:ffff::4').refused(ask, { body })).code).toBe('RATE_LIMITED');
    await from('2001:db8:0:2::1').call(ask, { body });
  } finally {
    await tight.close();
  }
});

test('a database that is away is a 503 with a sentence, and comes back by itself', async () => {
  const client = await api.signIn(clinic.members.doctor);
  await client.call(me);
  const { pool } = api.walledDatabase;
  const connect = pool.connect.bind(pool);
  Object.assign(pool, {
    connect: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
  });
  Object.assign(pool, {
    query: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
  });
  expect((await client.refused(me)).code).toBe('UPSTREAM_UNAVAILABLE');
  Object.assign(pool, { connect });
  Reflect.deleteProperty(pool, 'query');
  expect((await client.call(me)).role).toBe('doctor');
});
