import { randomUUID } from 'node:crypto';
import type { deskRequests, seatRequests } from '@careconnect/contracts';
import { aReport } from '../quality-report.ts';
import { camera, DTLS_PARAMETERS } from '../rtp.ts';

/** A request that is added to a registry is missed here by the compiler. */
export type RequestName = keyof typeof seatRequests | keyof typeof deskRequests;

/** What requests name. */
export interface Named {
  readonly producerId: string;
  readonly consumerId: string;
  readonly practitionerId: string;
}

/** A payload of each that is right in shape. In this order: what ends something comes last. */
export const REQUESTS: Readonly<Record<RequestName, (named: Named) => unknown>> = {
  'seat:ping': () => ({}),
  'seat:check-in': () => ({}),
  'seat:join': () => ({}),
  'media:renew': () => ({}),
  'media:arrived': () => ({ transportId: randomUUID() }),
  'transport:connect': () => ({ direction: 'send', dtlsParameters: DTLS_PARAMETERS }),
  'transport:restart-ice': () => ({ direction: 'recv' }),
  'producer:create': () => ({ kind: 'video', source: 'camera', rtpParameters: camera(), paused: true }),
  'producer:set-paused': ({ producerId }) => ({ producerId, paused: false }),
  'consumer:set-paused': ({ consumerId }) => ({ consumerIds: [consumerId], paused: false }),
  'consumer:set-layers': ({ consumerId }) => ({ consumerId, layers: { spatialLayer: 0 } }),
  'chat:send': () => ({ clientMessageId: randomUUID(), body: 'Good morning' }),
  'chat:since': () => ({ afterSequence: 0 }),
  'quality:report': () => ({ reports: [aReport()] }),
  'queue:watch': ({ practitionerId }) => ({ practitionerId }),
  'producer:close': ({ producerId }) => ({ producerId }),
  'seat:leave': () => ({}),
};
