import { ROUTER_RTP_CAPABILITIES, SeatId, VisitId } from '@careconnect/contracts';
import { sfuRequests } from '@careconnect/contracts/internal';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SfuServer } from '../server.ts';
import { expectNoFailure, expectTypedErrors, mediaRequestsOf } from '../testing/bad-input.ts';
import { opusParameters, vp8Parameters } from '../testing/rtp-parameters.ts';
import { startTestSfu, TestSignaling } from '../testing/test-sfu.ts';

const seat = { roomId: VisitId.parse(randomUUID()), seatId: SeatId.parse(randomUUID()) };

/** A correct payload of each request, to be spoiled in one place at a time. */
const CORRECT = {
  ...mediaRequestsOf(seat),
  'seat:open': { ...seat, rtpCapabilities: ROUTER_RTP_CAPABILITIES },
  'seat:enter': { ...seat, isHeld: false, ready: ['none'] },
  'seat:close': { ...seat, seatId: randomUUID() },
  'room:set-held': { roomId: randomUUID(), isHeld: true },
  'room:find': { roomIds: [seat.roomId, randomUUID()] },
  'room:close': { roomId: randomUUID() },
} as const satisfies Record<keyof typeof sfuRequests, object>;

let sfu: SfuServer;
let signaling: TestSignaling;
let workerPids: number[];

beforeAll(async () => {
  sfu = await startTestSfu();
  signaling = await TestSignaling.connect(sfu.url);
  await signaling.ask('seat:open', CORRECT['seat:open']);
  workerPids = sfu.workers.map(({ pid }) => pid);
});
afterAll(async () => {
  signaling.close();
  await sfu.close();
});

test('anything at all, under any name, gets a typed error', async () => {
  await expectTypedErrors(ask, Object.keys(CORRECT), anyName());
  await expectUnharmed();
});

test('a payload that is spoiled in one place is refused, and the worker under it lives on', async () => {
  await expectNoFailure(ask, CORRECT, 1_500);
  await expectUnharmed();
}, 60_000);

test('tracks that are well-formed nonsense harm neither the worker nor those who would see them', async () => {
  const viewer = { ...seat, seatId: SeatId.parse(randomUUID()) };
  await signaling.ask('seat:open', { ...viewer, rtpCapabilities: ROUTER_RTP_CAPABILITIES });
  await signaling.ask('seat:enter', { ...viewer, isHeld: false });
  await signaling.ask('seat:enter', { ...seat, isHeld: false });
  await fc.assert(
    fc.asyncProperty(nonsenseTrack(), async (track) => {
      const answer = await signaling.askAnything('producer:create', { ...seat, ...track });
      if (answer.ok) {
        const { producerId } = sfuRequests['producer:create'].response.parse(answer.data);
        await signaling.ask('producer:close', { ...seat, producerId });
      } else {
        expect(['MEDIA_REFUSED', 'VALIDATION_FAILED']).toContain(answer.error.code);
      }
    }),
    { numRuns: 500 },
  );
  await expectUnharmed();
}, 60_000);

test('requests with no payload, too much of it, or no way to answer do nothing', async () => {
  signaling.socket.emit('room:close', { roomId: seat.roomId });
  expect(await signaling.askAnything('room:close')).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });
  const twice = await signaling.askAnything('room:close', { roomId: seat.roomId }, { roomId: seat.roomId });
  expect(twice).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });
  await expectUnharmed();
});

const ask = (event: string, payload: unknown) => signaling.askAnything(event, payload);

async function expectUnharmed(): Promise<void> {
  expect(sfu.workers.map(({ pid }) => pid)).toEqual(workerPids);
  await signaling.ask('transport:restart-ice', { ...seat, direction: 'send' });
}

function anyName(): fc.Arbitrary<string> {
  const reserved = [
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'newListener',
    'removeListener',
  ];
  return fc.string().filter((name) => !reserved.includes(name) && !Object.hasOwn(sfuRequests, name));
}

function nonsenseTrack() {
  const codec = fc.record({
    mimeType: fc.constantFrom('video/VP8', 'video/rtx', 'audio/opus', 'video/H264', 'video/VP9', 'x/y', ''),
    payloadType: fc.integer({ min: 0, max: 127 }),
    clockRate: fc.constantFrom(90_000, 48_000, 1),
    channels: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    parameters: fc.dictionary(
      fc.constantFrom('apt', 'packetization-mode', 'profile-level-id', 'useinbandfec', 'x'),
      fc.oneof(
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
    ),
  });
  const encoding = fc.record(
    {
      ssrc: fc.integer({ min: 1, max: 0xffff_ffff }),
      rid: fc.string({ maxLength: 16 }),
      rtx: fc.record({ ssrc: fc.integer({ min: 1, max: 5 }) }),
      codecPayloadType: fc.integer({ min: 0, max: 127 }),
      dtx: fc.boolean(),
      scalabilityMode: fc.constantFrom('L1T3', 'L3T3', 'S3T3', 'L99T99', '', 'L0T0'),
      maxBitrate: fc.integer({ min: 1 }),
    },
    { requiredKeys: [] },
  );
  const extensionUri = fc.constantFrom(
    'urn:ietf:params:rtp-hdrext:sdes:mid',
    'urn:ietf:params:rtp-hdrext:toffset',
    'nowhere',
  );
  return fc.record({
    kind: fc.constantFrom('audio', 'video'),
    source: fc.constantFrom('camera', 'microphone', 'screen'),
    paused: fc.boolean(),
    rtpParameters: fc.record({
      mid: fc.option(fc.string({ maxLength: 32 }), { nil: undefined }),
      codecs: fc.oneof(
        fc.constantFrom(vp8Parameters().codecs, opusParameters().codecs),
        fc.array(codec, { minLength: 1, maxLength: 8 }),
      ),
      headerExtensions: fc.array(fc.record({ uri: extensionUri, id: fc.integer({ min: 1, max: 255 }) }), {
        maxLength: 4,
      }),
      encodings: fc.array(encoding, { maxLength: 4 }),
      rtcp: fc.record({ cname: fc.string({ maxLength: 256 }), reducedSize: fc.boolean() }),
    }),
  });
}
