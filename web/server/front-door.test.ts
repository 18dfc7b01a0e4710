import { expect, it } from 'vitest';
import { aDoor } from './testing/a-door.ts';
import { get, seen } from './testing/ask-door.ts';

it('takes every path to its process, and inner paths to none', async () => {
  const { url } = await aDoor();
  const names = async (path: string) => seen(await get(url, path)).name;
  expect(await names('/api/v1/auth/me')).toBe('api');
  expect(await names('/socket.io/?EIO=4')).toBe('signaling');
  expect(await names('/internal/v1/push')).toBe('pages');
  expect((await get(url, '/api/../internal/v1/push')).status).toBe(400);
});

it('tells inner processes one address and one request id, whatever the client claims', async () => {
  const { url } = await aDoor();
  const claims = { 'x-forwarded-for': '1.2.3.4', 'x-request-id': 'mine', forwarded: 'for=1.2.3.4' };
  const { headers } = seen(await get(url, '/api/x', claims));
  expect(headers['x-forwarded-for']).toBe('127.0.0.1');
  expect(headers['x-forwarded-proto']).toBe('https');
  expect(headers['forwarded']).toBeUndefined();
  expect(headers['x-request-id']).not.toBe('mine');
});

it('believes only the proxy next to it, and only when told to', async () => {
  const { url } = await aDoor({ trustProxy: true });
  const { headers } = seen(await get(url, '/api/x', { 'x-forwarded-for': '6.6.6.6, 9.9.9.9' }));
  expect(headers['x-forwarded-for']).toBe('9.9.9.9');
});

it('guards pages and lets nobody keep one: each is in the language of who asked', async () => {
  const { url } = await aDoor();
  const { headers } = await get(url, '/patient');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000',
    // Of what is not rendered, such as a file or an error of the server; a rendered page brings its own.
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
  const permissions = headers['permissions-policy'];
  for (const ours of ['camera', 'microphone', 'display-capture', 'fullscreen', 'picture-in-picture'])
    expect(permissions).toContain(`${ours}=(self)`);
  for (const nobodys of ['geolocation', 'payment', 'usb', 'serial', 'bluetooth'])
    expect(permissions).toContain(`${nobodys}=()`);
  expect(headers['cache-control']).toBe('no-cache');
  expect((await get(url, '/')).headers['cache-control']).toBe('no-cache');
});

it('has browsers insist on HTTPS wherever it is spoken, and nowhere else', async () => {
  const secure = await aDoor();
  const plain = await aDoor({ protocol: 'http:' });
  for (const path of ['/', '/api/v1/auth/me', '/api/../malformed']) {
    const { headers } = await get(secure.url, path);
    expect(headers['strict-transport-security'], path).toBe('max-age=31536000');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect((await get(plain.url, path)).headers['strict-transport-security'], path).toBeUndefined();
  }
});

it('shows its metrics to this machine only', async () => {
  const { url } = await aDoor();
  expect((await get(url, '/metrics')).text).toContain('process_cpu');
  expect(seen(await get(url, '/metrics', { 'x-forwarded-for': '1.2.3.4' })).name).toBe('pages');
  expect((await get(url, '/healthz')).text).toBe('ok\n');
});
