import { SocketError, type Ack } from '@careconnect/contracts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { DTLS_PARAMETERS, vp8Parameters } from './rtp-parameters.ts';

type Ask = (event: string, payload: unknown) => Promise<Ack<unknown>>;

/** Names that every object knows. */
const NAMES_OF_OBJECTS = ['__proto__', 'constructor', 'toString'];

/** A correct payload of each request about a seat, however that is named; of tracks that there are not. */
export function mediaRequestsOf<Seat extends object>(seat: Seat) {
  return {
    'seat:set-invited': { ...seat, isInvited: true },
    'seat:stats': seat,
    'transport:connect': { ...seat, direction: 'send', dtlsParameters: DTLS_PARAMETERS },
    'transport:restart-ice': { ...seat, direction: 'recv' },
    'producer:create': {
      ...seat,
      kind: 'video',
      source: 'camera',
      rtpParameters: vp8Parameters(),
      paused: false,
    },
    'producer:set-paused': { ...seat, producerId: 'none', paused: true },
    'producer:close': { ...seat, producerId: 'none' },
    'consumer:set-paused': { ...seat, consumerIds: ['none'], paused: true },
    'consumer:set-layers': { ...seat, consumerId: 'none', layers: { spatialLayer: 9 } },
  } as const;
}

/** Asks anything at all under these names and some that there are not. */
export async function expectTypedErrors(
  ask: Ask,
  names: readonly string[],
  others: fc.Arbitrary<string>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...names), fc.constantFrom(...NAMES_OF_OBJECTS), others),
      fc.jsonValue(),
      async (event, payload) => {
        const answer = await ask(event, payload);
        expect(answer.ok).toBe(false);
        if (!answer.ok) expect(['UNKNOWN_EVENT', 'VALIDATION_FAILED']).toContain(answer.error.code);
      },
    ),
    { numRuns: 300 },
  );
}

/** Asks each of these with one leaf, or one whole branch, replaced: whatever comes of it, nothing fails. */
export async function expectNoFailure(
  ask: Ask,
  correct: Readonly<Record<string, object>>,
  numRuns: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(correct)),
      fc.nat(),
      fc.jsonValue(),
      async ([event, payload], where, value) => {
        const answer = await ask(event, spoil(payload, where, value));
        if (!answer.ok) expect(SocketError.parse(answer.error).code).not.toBe('INTERNAL');
      },
    ),
    { numRuns },
  );
}

function spoil(payload: object, where: number, value: unknown): unknown {
  const copy: unknown = structuredClone(payload);
  const places: (() => void)[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push(() => Object.assign(node, { [key]: value }));
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  places[where % places.length]?.();
  return copy;
}
