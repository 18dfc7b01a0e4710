import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { endpoints } from '@careconnect/contracts';
import { describe, expect, inject, test } from 'vitest';

const ELSEWHERE = 'https://elsewhere.example';
/** Whatever its reason, engine.io refuses a WebSocket with this; the same handshake from our own page is taken. */
const REFUSED_BY_ENGINE = 400;
const { login, me } = endpoints.auth;
const SOCKET_PATH = '/socket.io/?EIO=4&transport=';
const PATHS = ['/', '/sign-in', me.path, login.path, '/api/openapi.json', `${SOCKET_PATH}polling`];

/** The front door and each process behind it, should a network ever let somebody through to one. */
function places(): string[] {
  return [inject('origin'), ...inject('processUrls')];
}

function permissions({ headers }: Response): string[] {
  return [...headers.keys()].filter((name) => name.startsWith('access-control-'));
}

describe('a page of another site may', () => {
  test.each(['OPTIONS', 'GET', 'POST'])('read no answer to %s', async (method) => {
    const asked = places().flatMap((place) => PATHS.map((path) => new URL(path, place)));
    expect(asked.length).toBeGreaterThan(4 * PATHS.length);
    for (const url of asked) {
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        headers: {
          origin: ELSEWHERE,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type, x-csrf-token',
        },
      });
      expect(permissions(answer), `${method} ${url.href}`).toEqual([]);
    }
  });

  test('open no live connection', async () => {
    for (const origin of [ELSEWHERE, 'null', 'http://localhost.elsewhere.example'])
      expect(await openSocket(origin), origin).toBe(REFUSED_BY_ENGINE);
    expect(await openSocket(inject('origin')), 'our own page').toBe(101);
  });
});

/** The status that a WebSocket from a page of this origin is answered with. */
async function openSocket(origin: string): Promise<number> {
  const request = httpRequest(new URL(`${SOCKET_PATH}websocket`, inject('origin')), {
    agent: false,
    headers: {
      origin,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  }).end();
  const response = once(request, 'response') as Promise<[IncomingMessage]>;
  const upgraded = once(request, 'upgrade') as Promise<[IncomingMessage]>;
  const [{ statusCode = 0, socket }] = await Promise.race([response, upgraded]);
  socket.destroy();
  return statusCode;
}
