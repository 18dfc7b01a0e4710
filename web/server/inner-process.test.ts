import { once } from 'node:events';
import { connect } from 'node:net';
import { Problem } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { aDoor, aVacantPlace, echo, serve } from './testing/a-door.ts';
import { get, seen } from './testing/ask-door.ts';

/** More at a time than any one clinic asks. */
const SLOW = 600;

it('answers a typed 503 while an inner process is away', async () => {
  const { url } = await aDoor({ apiUrl: (await aVacantPlace()).url, patienceMs: 0 });
  const answer = await get(url, '/api/v1/auth/me');
  expect(answer.status).toBe(503);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['retry-after']).toBe('2');
  expect(Problem.parse(JSON.parse(answer.text))).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    type: '/api/docs#error-UPSTREAM_UNAVAILABLE',
  });
});

it('has a question wait for a process that starts again', async () => {
  const away = await aVacantPlace();
  const door = await aDoor({ apiUrl: away.url });
  const answer = get(door.url, '/api/v1/auth/me');
  await door.foundAway();
  const another = get(door.url, '/api/v1/visits');
  await once(door.server, 'request');
  await serve(echo('api'), away.port);
  expect(seen(await answer).name).toBe('api');
  expect(seen(await another).name).toBe('api');
});

it('does not send what somebody writes a second time', async () => {
  const away = await aVacantPlace();
  const { url } = await aDoor({ apiUrl: away.url });
  const answer = await fetch(`${url}/api/v1/messages`, { method: 'POST', body: 'hello' });
  expect(answer.status).toBe(503);
});

it('keeps nobody waiting for the slow requests of others', async () => {
  let arrived = 0;
  const all = Promise.withResolvers<void>();
  const { url: apiUrl } = await serve((request, response) => {
    if (request.method === 'GET') return void response.end();
    request.resume();
    arrived += 1;
    if (arrived === SLOW) all.resolve();
  });
  const { url, port } = await aDoor({ apiUrl });
  const slow = Array.from({ length: SLOW }, () => connect(port, '127.0.0.1'));
  for (const socket of slow) {
    socket.write('POST /api/v1/auth/logout HTTP/1.1\r\nhost: door\r\ncontent-length: 9\r\n\r\n{');
  }
  await all.promise;
  expect((await get(url, '/api/v1/auth/me')).status).toBe(200);
  for (const socket of slow) socket.destroy();
});
