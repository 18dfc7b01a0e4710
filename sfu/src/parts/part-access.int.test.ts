import { ROUTER_RTP_CAPABILITIES, type Ack } from '@careconnect/contracts';
import type { partRequests } from '@careconnect/contracts/internal';
import { PARTS_NAMESPACE } from '@careconnect/contracts/internal';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SfuServer } from '../server.ts';
import { expectNoFailure, expectTypedErrors, mediaRequestsOf } from '../testing/bad-input.ts';
import { opusParameters } from '../testing/rtp-parameters.ts';
import { startTestNode } from '../testing/test-nodes.ts';
import { heard, openSocket, refusalOf, startTestSfu, tokenOf } from '../testing/test-sfu.ts';

const part = { partId: randomUUID() };
const opening = { ...part, openingId: randomUUID() };
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
  ...mediaRequestsOf(opening),
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
  'seat:open': { ...opening, seatId: randomUUID(), rtpCapabilities: ROUTER_RTP_CAPABILITIES },
  'seat:enter': opening,
  'seat:watch': { ...opening, producerId: 'none' },
  'seat:close': { ...opening, openingId: randomUUID() },
  'consumer:resume': { ...opening, consumerIds: ['none'] },
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
  expect(await ask('transport:restart-ice', { ...opening, direction: 'send' })).toMatchObject({ ok: true });
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
  expect(await refusalOf(sfu.url, await auth(), PARTS_NAMESPACE)).toMatchObject({ data: { code } });
});

test('another node may not drive the rooms of this one', async () => {
  const refusal = await refusalOf(sfu.url, { token: await tokenOf('sfu') });
  expect(refusal).toMatchObject({ data: { code: 'FORBIDDEN' } });
});

test('a node that has been given no address for other nodes carries nothing of theirs', async () => {
  const alone = await startTestSfu();
  const refusal = await refusalOf(alone.url, { token: await tokenOf('sfu') }, PARTS_NAMESPACE);
  expect(String(refusal)).toContain('Invalid namespace');
  await alone.close();
});

test('what one node has opened no other can name', async () => {
  const stranger = await aNode();
  expect(await ask('seat:stats', opening, stranger)).toMatchObject({ error: { code: 'MEDIA_REFUSED' } });
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
  await expectTypedErrors(ask, Object.keys(CORRECT), fc.constant('part:unknown'));
  await expectUnharmed();
});

test('a payload that is spoiled in one place is refused, and what is there lives on', async () => {
  const [before] = sfu.workers.map(({ pid }) => pid);
  await expectNoFailure(ask, CORRECT, 800);
  await expectUnharmed();
  expect(sfu.workers.map(({ pid }) => pid)).toEqual([before]);
}, 60_000);
