import { randomUUID } from 'node:crypto';
import { endpoints, type VisitId } from '@careconnect/contracts';
import { signIn } from '../core/api-client.ts';
import { DEMO_DOCTOR, DEMO_PATIENT } from '../core/demo-clinic.ts';

/** Opens a visit between the demo doctor and the demo patient and starts it. */
export async function startVisit(origin: string): Promise<VisitId> {
  const patient = await signIn(origin, DEMO_PATIENT);
  const { patientId } = await patient.call(endpoints.auth.me);
  if (patientId === null) throw new Error('The demo patient has no record.');
  const doctor = await signIn(origin, DEMO_DOCTOR);
  const visit = await doctor.call(endpoints.visits.create, {
    body: { patientId, idempotencyKey: randomUUID() },
  });
  await doctor.call(endpoints.visits.start, { params: { visitId: visit.id } });
  return visit.id;
}
