import { randomUUID } from 'node:crypto';
import { endpoints, type Appointment, type JoinTicket, type VisitId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { makeOrganization, type Clinic } from '../../../testing/a-clinic.ts';
import { startTestApi, type TestApi, type TestApiOptions } from '../../../testing/test-api.ts';
import type { TestClient } from '../../../testing/test-client.ts';

/** A clinic at work on a live api, and another clinic that must not notice. */
export interface CareScene {
  readonly api: TestApi;
  readonly clinic: Clinic;
  readonly patient: TestClient;
  readonly doctor: TestClient;
  readonly desk: TestClient;
  readonly foreign: Clinic;
  readonly foreignDoctor: TestClient;
  readonly foreignDesk: TestClient;
  readonly foreignPatient: TestClient;
  /** The patient books the next free slot of the doctor. */
  book(): Promise<Appointment>;
  /** The time of a visit has come, whatever it was booked for. */
  bringForward(visitId: VisitId): Promise<void>;
  /** At the time of the visit the patient takes their seat and tells the clinic that they are here. */
  checkIn(visitId: VisitId): Promise<JoinTicket>;
  close(): Promise<void>;
}

export async function startCareScene(
  postgresUrl: string,
  options: Omit<TestApiOptions, 'postgresUrl'> = {},
): Promise<CareScene> {
  const api = await startTestApi({ postgresUrl, ...options });
  const [clinic, foreign] = [await makeOrganization(api.database), await makeOrganization(api.database)];
  const patient = await api.signIn(clinic.members.patient);

  async function bringForward(visitId: VisitId): Promise<void> {
    const where = { id: visitId, scheduledAt: { not: null } };
    await api.database.prisma.visit.updateMany({ where, data: { scheduledAt: api.clock.now() } });
  }

  return {
    api,
    clinic,
    foreign,
    patient,
    doctor: await api.signIn(clinic.members.doctor),
    desk: await api.signIn(clinic.members.receptionist),
    foreignDoctor: await api.signIn(foreign.members.doctor),
    foreignDesk: await api.signIn(foreign.members.receptionist),
    foreignPatient: await api.signIn(foreign.members.patient),

    async book() {
      const { practitionerId } = clinic;
      return patient.call(endpoints.appointments.create, {
        body: {
          practitionerId,
          startsAt: await nextFree(patient, practitionerId),
          reason: 'A cough that stays',
          idempotencyKey: randomUUID(),
        },
      });
    },

    bringForward,

    async checkIn(visitId) {
      await bringForward(visitId);
      const ticket = await patient.call(endpoints.seats.joinTicket, { params: { visitId } });
      const { organizationId } = clinic;
      const params = { organizationId, visitId, seatId: ticket.seatId };
      await api.asSignaling(internalApiEndpoints.checkIn, { params });
      return ticket;
    },

    close: () => api.close(),
  };
}

async function nextFree(client: TestClient, providerId: string): Promise<string> {
  const { nextFreeAt } = await client.call(endpoints.providers.get, { params: { providerId } });
  if (nextFreeAt === null) throw new Error('the doctor of the scene works round the clock');
  return nextFreeAt;
}
