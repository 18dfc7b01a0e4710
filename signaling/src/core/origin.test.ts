import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { isOwnOrigin } from './origin.ts';

test.each([
  ['its own address', { origin: 'https://clinic.example' }, true],
  ['no browser at all', {}, true],
  ['another name of the same front door', { origin: 'http://10.0.0.7:3000', host: '10.0.0.7:3000' }, true],
  [
    'the name the front door was asked by',
    { origin: 'http://10.0.0.7:3000', host: '127.0.0.1:4200', 'x-forwarded-host': '10.0.0.7:3000' },
    true,
  ],
  ['another site', { origin: 'https://evil.example', host: 'clinic.example' }, false],
  ['another port', { origin: 'http://clinic.example:8080', host: 'clinic.example' }, false],
  ['a sandboxed frame', { origin: 'null', host: 'clinic.example' }, false],
])('a page of %s', (_what, headers, isOwn) => {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  expect(isOwnOrigin(request, 'https://clinic.example')).toBe(isOwn);
});
