import { randomUUID } from 'node:crypto';
import { endpoints, type PractitionerId } from '@careconnect/contracts';
import pg from 'pg';
import { signIn, type ApiClient } from '../core/api-client.ts';
import { DEMO_COLLEAGUE_SLUG, DEMO_DOCTOR } from '../core/demo-clinic.ts';

const QUEUE_LENGTH = 12;
/** The span that the booking page asks for. */
const DAYS_SHOWN = 14;
const DAY_MS = 86_400_000;

/** A read that both servers answer, as path and query. */
export interface HotRead {
  readonly name: 'availability' | 'today' | 'todayAlone';
  readonly path: string;
  /** Asked by one connection at a time, to see the single answer beside the throughput. It has no goal. */
  readonly isAlone?: true;
}

export interface Scene {
  readonly accessToken: string;
  readonly reads: readonly HotRead[];
}

/** A doctor with a queue of today, and a colleague with usual surgery hours to be booked. */
export async function setScene(ours: string, databaseUrl: string): Promise<Scene> {
  const doctor = await signIn(ours, DEMO_DOCTOR);
  const { practitionerId } = await doctor.call(endpoints.auth.me);
  if (practitionerId === null) throw new Error('The demo doctor is no practitioner.');
  await fillQueue(doctor);
  await copyVisitsInTheClear(doctor, databaseUrl);
  const { items } = await doctor.call(endpoints.providers.list);
  const colleague = items.find(({ walkInSlug }) => walkInSlug === DEMO_COLLEAGUE_SLUG);
  if (!colleague) throw new Error('The demo clinic has only one doctor.');
  return {
    accessToken: doctor.accessToken,
    reads: [
      availabilityOf(colleague.id),
      todayOf(practitionerId),
      { ...todayOf(practitionerId), name: 'todayAlone', isAlone: true },
    ],
  };
}

function availabilityOf(id: PractitionerId): HotRead {
  const tomorrow = Date.now() + DAY_MS;
  const [from, to] = [tomorrow, tomorrow + (DAYS_SHOWN - 1) * DAY_MS].map((instant) =>
    new Date(instant).toISOString().slice(0, 10),
  );
  return { name: 'availability', path: `/api/v1/providers/${id}/availability?from=${from}&to=${to}` };
}

function todayOf(id: PractitionerId): HotRead {
  return { name: 'today', path: `/api/v1/consultations/today?practitionerId=${id}` };
}

async function fillQueue(doctor: ApiClient): Promise<void> {
  for (let index = 0; index < QUEUE_LENGTH; index++) {
    // A patient has one such visit with a doctor, so each place in the queue is somebody else's.
    const patient = await doctor.call(endpoints.patients.create, {
      body: { name: `Patient of visit ${index}`, birthDate: '1960-01-01' },
    });
    await doctor.call(endpoints.visits.create, {
      body: { patientId: patient.id, reason: `Follow-up of visit ${index}`, idempotencyKey: randomUUID() },
    });
  }
}

/** The baseline does not decrypt, so it gets the visits with readable reasons and the same index. */
async function copyVisitsInTheClear(doctor: ApiClient, databaseUrl: string): Promise<void> {
  const { entries } = await doctor.call(endpoints.visits.today);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('CREATE TABLE baseline_visit AS SELECT * FROM visit');
    await client.query('CREATE INDEX ON baseline_visit (practitioner_id, listed_at)');
    for (const { visitId, reason } of entries) {
      await client.query('UPDATE baseline_visit SET reason = $2 WHERE id = $1', [visitId, reason]);
    }
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
