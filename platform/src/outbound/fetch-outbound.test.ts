import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { closeServer, listen } from '../listen.ts';
import { createFetchOutbound, type OutboundOptions } from './fetch-outbound.ts';
import type { OutboundError, OutboundRefusal } from './outbound-error.ts';

const LOOPBACK = ['127.0.0.1'];

async function serve(listener: RequestListener, server: Server = createServer()): Promise<number> {
  server.on('request', listener);
  onTestFinished(() => closeServer(server));
  return (await listen(server, 0, '127.0.0.1')).port;
}

/** A local server under a name that the operator has opened. */
async function opened(listener: RequestListener, options: OutboundOptions = {}) {
  const port = await serve(listener);
  const host = `inner.example:${port}`;
  const ask = createFetchOutbound({ allowed: [host], resolve: async () => LOOPBACK, ...options });
  return { ask, address: `http://${host}/path?query` };
}

async function refusalOf(asked: Promise<unknown>): Promise<OutboundRefusal | 'none'> {
  return asked.then(
    () => 'none',
    (error: unknown) => (error as OutboundError).refusal,
  );
}

describe('what is not even looked up', () => {
  const resolve = vi.fn<() => Promise<string[]>>();
  const ask = createFetchOutbound({ resolve });
  test.each<[string, OutboundRefusal]>([
    ['nonsense', 'malformed'],
    ['http://example.org/', 'scheme'],
    ['http://127.0.0.1/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://example.org/', 'scheme'],
    ['https://user:secret@example.org/', 'credentials'],
    ['https://example.org:22/', 'port'],
    ['https://example.org:6379/', 'port'],
  ])('%s', async (address, refusal) => {
    expect(await refusalOf(ask(address))).toBe(refusal);
    expect(resolve).not.toHaveBeenCalled();
  });
});

describe('where no name and no number leads', () => {
  test.each([
    ['this machine', ['127.0.0.1', '127.1.2.3', '::1']],
    ['nowhere', ['0.0.0.0', '::']],
    ['private networks', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12::1']],
    ['neighbours', ['169.254.1.1', 'fe80::1', 'fec0::1']],
    ['what a provider shares', ['100.64.0.1', '100.127.255.255']],
    ['keys of a cloud', ['169.254.169.254', 'fd00:ec2::254', '168.63.129.16', '100.100.100.200']],
    ['many at once', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
    ['what is reserved', ['192.0.2.1', '198.18.0.1', '240.0.0.1', '2001:db8::1', '100::1']],
    [
      'IPv4 in disguise',
      ['::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', '2001::1', '::10.0.0.1'],
    ],
  ])('%s', async (_what, addresses) => {
    for (const address of addresses) {
      const literal = address.includes(':') ? `[${address}]` : address;
      expect(await refusalOf(createFetchOutbound()(`https://${literal}/`)), address).toBe('address');
      const ask = createFetchOutbound({ resolve: async () => ['8.8.8.8', address] });
      expect(await refusalOf(ask('https://example.org/')), `a name with ${address}`).toBe('address');
    }
  });

  test.each([
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::ffff:7f00:1]/',
  ])('%s, however it is written', async (address) => {
    expect(await refusalOf(createFetchOutbound()(address))).toBe('address');
  });
});

test('the keys of a cloud stay shut, whatever an operator opens', async () => {
  const ask = createFetchOutbound({
    allowed: ['169.254.0.0/16', '169.254.169.254', 'keys.example'],
    resolve: async () => ['169.254.169.254'],
  });
  expect(await refusalOf(ask('https://169.254.169.254/'))).toBe('address');
  expect(await refusalOf(ask('https://keys.example/'))).toBe('address');
});

test('a network that an operator has opened is asked, and its neighbour is not', async () => {
  const allowed = ['127.0.0.0/30'];
  const port = await serve((_request, response) => response.end());
  const at = (address: string) =>
    createFetchOutbound({ allowed, ports: [port], resolve: async () => [address] })(
      `https://inner.example:${port}/`,
    );
  // There is no TLS at its other end: it has been connected to.
  expect(await refusalOf(at('127.0.0.1'))).toBe('unreachable');
  expect(await refusalOf(at('127.0.0.4'))).toBe('address');
});

test('it connects to what it has checked, though the name leads elsewhere a moment later', async () => {
  const asked: string[] = [];
  const port = await serve((request, response) => {
    asked.push(request.headers.host ?? '');
    response.end('fine');
  });
  const answers = [LOOPBACK, ['10.0.0.1']];
  const resolve = vi.fn<() => Promise<string[]>>(async () => answers.shift() ?? []);
  const host = `inner.example:${port}`;
  const { status, body } = await createFetchOutbound({ allowed: [host], resolve })(`http://${host}/`);
  expect([status, body.toString()]).toEqual([200, 'fine']);
  expect(resolve).toHaveBeenCalledOnce();
  expect(asked).toEqual([host]);
});

test('over https the certificate must be of the name that was asked for', async () => {
  const pems = await generate([{ name: 'commonName', value: 'inner.example' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'inner.example' }] }],
  });
  const server = createTlsServer({ key: pems.private, cert: pems.cert });
  const port = await serve((_request, response) => response.end('fine'), server);
  const ask = createFetchOutbound({
    allowed: ['inner.example', 'other.example'],
    ports: [port],
    resolve: async () => LOOPBACK,
    ca: pems.cert,
  });
  expect((await ask(`https://inner.example:${port}/`)).body.toString()).toBe('fine');
  expect(await refusalOf(ask(`https://other.example:${port}/`))).toBe('unreachable');
});

test('plain http is for this machine alone, also for a host that is opened', async () => {
  const ask = createFetchOutbound({ allowed: ['inner.example:80'], resolve: async () => ['10.0.0.1'] });
  expect(await refusalOf(ask('http://inner.example/'))).toBe('scheme');
});

test('a redirect is not followed', async () => {
  const { ask, address } = await opened((_request, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
  });
  expect(await refusalOf(ask(address))).toBe('redirect');
});

test('an answer that is too large, or does not end, is let go of', async () => {
  const large = await opened((_request, response) => void response.end('x'.repeat(5_000)), {
    maxBytes: 1_000,
  });
  expect(await refusalOf(large.ask(large.address))).toBe('too-large');
  const slow = await opened((_request, response) => void response.write('x'), { timeoutMs: 150 });
  expect(await refusalOf(slow.ask(slow.address))).toBe('timeout');
  const never = createFetchOutbound({ resolve: () => new Promise(() => undefined), timeoutMs: 50 });
  expect(await refusalOf(never('https://example.org/'))).toBe('timeout');
});

test('what goes wrong names the host, and nothing of the path or the query', async () => {
  const ask = createFetchOutbound({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
  const error = await ask('https://nowhere.example/hook?token=s3cret').catch(
    (error: unknown) => error as OutboundError,
  );
  expect(error).toMatchObject({ refusal: 'unresolved', message: 'nowhere.example leads nowhere.' });
});
