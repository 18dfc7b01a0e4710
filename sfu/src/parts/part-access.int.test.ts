import { ROUTER_RTP_CAPABILITIES, SocketError, type Ack } from '@careconnect/contracts';
import { PARTS_NAMESPACE, partRequests } from '@careconnect/contracts/internal';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SfuServer } from '../server.ts';
import { spoil } from '../testing/bad-input.ts';
import { DTLS_PARAMETERS, opusParameters, vp8Parameters } from '../testing/rtp-parameters.ts';
import { startTestNode } from '../testing/test-nodes.ts';
import { heard, openSocket, startTestSfu, tokenOf } from '../testing/test-sfu.ts';

const part = { partId: randomUUID() };
const stay = { ...part, stayId: randomUUID() };
const EVENTS = Object.keys(partRequests) as (keyof typeof partRequests)[];
const PIPE = {
  ip: '127.0.0.1',
  port: 9,
  srtpParameters: {
    cryptoSuite: 'AEAD_AES_256_GCM',
    keyBase64: Buffer.alloc(44, 7).toString('base64'),
  },
} as const;
const TRACK = { source: 'microphone', kind: 'audio', paused: true } as const;

/** A correct payload of each request, to be spoiled in one place at a time. */
const CORRECT = {
  'part:open': { partId: randomUUID(), roomId: randomUUID(), pipe: PIPE },
  'part:close': { partId: randomUUID() },
  'track:add': {
    ...part,
    ...TRACK,
    producerId: 'added',
    seatId: randomUUID(),
    rtpParameters: { ...opusParameters(), mid: undefined },
  },
  'track:set-paused': { ...part, producerId: 'none', paused: true },
  'track:close': { ...part, producerId: 'none' },
  'seat:open': { ...stay, seatId: randomUUID(), rtpCapabilities: ROUTER_RTP_CAPABILITIES },
  'seat:set-invited': { ...stay, isInvited: true },
  'seat:enter': stay,
  'seat:watch': { ...stay, producerId: 'none' },
  'seat:stats': stay,
  'seat:close': { ...stay, stayId: randomUUID() },
  'transport:connect': { ...stay, direction: 'send', dtlsParameters: DTLS_PARAMETERS },
  'transport:restart-ice': { ...stay, direction: 'recv' },
  'producer:create': {
    ...stay,
    kind: 'video',
    source: 'camera',
    rtpParameters: vp8Parameters(),
    paused: false,
  },
  'producer:set-paused': { ...stay, producerId: 'none', paused: true },
  'producer:close': { ...stay, producerId: 'none' },
  'consumer:set-paused': { ...stay, consumerIds: ['none'], paused: true },
  'consumer:resume': { ...stay, consumerIds: ['none'] },
  'consumer:set-layers': { ...stay, consumerId: 'none', layers: { spatialLayer: 9 } },
} as const satisfies Record<keyof typeof partRequests, object>;

let sfu: SfuServer;
let home: Socket;

beforeAll(async () => {
  sfu = await startTestNode('other');
  home = await aNode();
  expect(await ask('part:open', { ...part, roomId: randomUUID(), pipe: PIPE })).toMatchObject({ ok: true });
  expect(await ask('seat:open', CORRECT['seat:open'])).toMatchObject({ ok: true });
});
afterAll(async () => {
  home.disconnect();
  await sfu.close();
});

async function aNode(): Promise<Socket> {
  const socket = openSocket(sfu.url, { token: await tokenOf('sfu') }, PARTS_NAMESPACE);
  await heard(socket, 'connect');
  return socket;
}

function ask(event: string, payload: unknown, socket = home): Promise<Ack<unknown>> {
  return socket.timeout(10_000).emitWithAck(event, payload) as Promise<Ack<unknown>>;
}

async function expectUnharmed(): Promise<void> {
  expect(await ask('transport:restart-ice', { ...stay, direction: 'send' })).toMatchObject({ ok: true });
}

test.each([
  ['no token', async () => ({}), 'UNAUTHENTICATED'],
  ['a token for someone else', async () => ({ token: await tokenOf('sfu', 'api') }), 'UNAUTHENTICATED'],
  [
    'a token under another secret',
    async () => ({ token: await tokenOf('sfu', 'sfu', 'some other secret, also long enough') }),
    'UNAUTHENTICATED',
  ],
  ['a good token of signaling', async () => ({ token: await tokenOf('signaling') }), 'FORBIDDEN'],
  ['a good token of api', async () => ({ token: await tokenOf('api') }), 'FORBIDDEN'],
] as const)('refuses %s', async (_name, auth, code) => {
  const socket = openSocket(sfu.url, await auth(), PARTS_NAMESPACE);
  const error = (await heard(socket, 'connect_error')) as Error & { data: unknown };
  expect(error.data).toMatchObject({ code });
  socket.disconnect();
});

test('another node may not drive the rooms of this one', async () => {
  const socket = openSocket(sfu.url, { token: await tokenOf('sfu') });
  const error = (await heard(socket, 'connect_error')) as Error & { data: unknown };
  expect(error.data).toMatchObject({ code: 'FORBIDDEN' });
  socket.disconnect();
});

test('a node that has been given no address for other nodes carries nothing of theirs', async () => {
  const alone = await startTestSfu();
  const socket = openSocket(alone.url, { token: await tokenOf('sfu') }, PARTS_NAMESPACE);
  expect(String(await heard(socket, 'connect_error'))).toContain('Invalid namespace');
  socket.disconnect();
  await alone.close();
});

test('what one node has opened no other can name', async () => {
  const stranger = await aNode();
  expect(await ask('seat:stats', stay, stranger)).toMatchObject({ error: { code: 'MEDIA_REFUSED' } });
  await ask('part:close', part, stranger);
  stranger.disconnect();
  await expectUnharmed();
});

test('what is there already is not made again', async () => {
  const again = { ...part, roomId: randomUUID(), pipe: PIPE };
  expect(await ask('part:open', again)).toMatchObject({ error: { code: 'MEDIA_REFUSED' } });
  expect(await ask('track:add', CORRECT['track:add'])).toMatchObject({ ok: true });
  expect(await ask('track:add', CORRECT['track:add'])).toMatchObject({ error: { code: 'MEDIA_REFUSED' } });
  expect(await ask('seat:open', CORRECT['seat:open'])).toMatchObject({ error: { code: 'MEDIA_REFUSED' } });
  await expectUnharmed();
});

test('anything at all, under any name, gets a typed error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...EVENTS, '__proto__', 'constructor', 'toString', 'part:unknown'),
      fc.jsonValue(),
      async (event, payload) => {
        const answer = await ask(event, payload);
        expect(answer.ok).toBe(false);
        if (!answer.ok) expect(['UNKNOWN_EVENT', 'VALIDATION_FAILED']).toContain(answer.error.code);
      },
    ),
    { numRuns: 200 },
  );
  await expectUnharmed();
});

test('a payload that is spoiled in one place is refused, and what is there lives on', async () => {
  const [before] = sfu.workers.map(({ pid }) => pid);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...EVENTS), fc.nat(), fc.jsonValue(), async (event, where, value) => {
      const answer = await ask(event, spoil(CORRECT[event], where, value));
      if (!answer.ok) expect(SocketError.parse(answer.error).code).not.toBe('INTERNAL');
    }),
    { numRuns: 800 },
  );
  await expectUnharmed();
  expect(sfu.workers.map(({ pid }) => pid)).toEqual([before]);
}, 60_000);
