import { randomUUID } from 'node:crypto';
import { ROUTER_RTP_CAPABILITIES, type seatRequests } from '@careconnect/contracts';
import fc from 'fast-check';
import { aReport } from './quality-report.ts';
import { camera, DTLS_PARAMETERS } from './rtp.ts';

/** One thing a hostile or broken page sends. */
export interface Move {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly isAcknowledged: boolean;
}

type SeatRequestName = keyof typeof seatRequests;

/** A payload of each request that would be right in some situation. */
const RIGHT: Record<SeatRequestName, unknown> = {
  'seat:check-in': {},
  'seat:join': {},
  'seat:ping': {},
  'seat:leave': {},
  'transport:connect': { direction: 'send', dtlsParameters: DTLS_PARAMETERS },
  'transport:restart-ice': { direction: 'recv' },
  'media:renew': {},
  'media:arrived': { transportId: randomUUID() },
  'producer:create': { kind: 'video', source: 'camera', rtpParameters: camera(), paused: true },
  'producer:set-paused': { producerId: randomUUID(), paused: false },
  'producer:close': { producerId: randomUUID() },
  'consumer:set-paused': { consumerIds: [randomUUID()], paused: false },
  'consumer:set-layers': { consumerId: randomUUID(), layers: { spatialLayer: 2 } },
  'chat:send': { clientMessageId: randomUUID(), body: 'again' },
  'chat:since': { afterSequence: 0 },
  'quality:report': { reports: [aReport()] },
};

const STRANGE_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'error',
  'message',
  'welcome',
  '',
  'queue:watch',
];

const oversized = fc.constantFrom('x'.repeat(50_000), { body: 'x'.repeat(30_000) }, Array(5_000).fill(0));
const nested = fc.constant(ROUTER_RTP_CAPABILITIES);
const anything = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: oversized },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
);

/** Right in shape, wrong in one place. */
function nearlyRight(payload: unknown): fc.Arbitrary<unknown> {
  if (typeof payload !== 'object' || payload === null) return anything;
  const keys = Object.keys(payload);
  const changed = fc.tuple(fc.constantFrom(...keys, 'roomId', 'seatId', '__proto__'), anything);
  return changed.map(([key, value]) => ({ ...payload, [key]: value }));
}

const request = fc.constantFrom(...(Object.keys(RIGHT) as SeatRequestName[])).chain((name) =>
  fc.record({
    name: fc.constant(name),
    args: fc.oneof(
      { weight: 3, arbitrary: fc.constant([RIGHT[name]]) },
      { weight: 3, arbitrary: nearlyRight(RIGHT[name]).map((payload) => [payload]) },
      { weight: 1, arbitrary: fc.array(anything, { maxLength: 3 }) },
    ),
    isAcknowledged: fc.boolean(),
  }),
);

const unknown = fc.record({
  name: fc.oneof(fc.constantFrom(...STRANGE_NAMES), fc.string({ maxLength: 40 })),
  args: fc.array(anything, { maxLength: 2 }),
  isAcknowledged: fc.boolean(),
});

export const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: request }, { weight: 1, arbitrary: unknown }),
  { minLength: 1, maxLength: 25 },
);

/** Frames that no Socket.IO client would send. */
export const RAW_FRAMES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  '9',
  '4',
  '42',
  '42["error","x"]',
  '42/seat,["disconnect"]',
  '40/seat,{"ticket":',
  '40/seat,{"ticket":"x"}',
  '40/nowhere,{}',
  '451-/seat,["chat:send",{"_placeholder":true,"num":9}]',
  '459999999999-/seat,["chat:send"]',
  '43/seat,99["x"]',
  `42/seat,["chat:send","${'x'.repeat(100_000)}"]`,
  `42/seat,${'['.repeat(20_000)}`,
  new Uint8Array([4, 255, 0, 1]),
];
