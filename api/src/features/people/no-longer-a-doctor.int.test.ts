import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { TEST_START } from '../../testing/test-clock.ts';

const { changeRole, remove, resume, suspend } = endpoints.people;
const { appointments, providers, visits, walkIns } = endpoints;
const day = TEST_START.slice(0, 10);

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterAll(() => api.close());

test.each(['suspend', 'remove', 'changeRole'] as const)(
  'after %s a doctor is offered to nobody, and what is booked with them stays',
  async (deed) => {
    const { practitionerId, walkInSlug, patientId, members, organizationId } = await makeOrganization(
      api.database,
    );
    const [admin, patient] = [await api.signIn(members.admin), await api.signIn(members.patient)];
    const doctor = { params: { providerId: practitionerId } };
    const days = { ...doctor, query: { from: day, to: day } };
    const slug = { params: { slug: walkInSlug } };
    const { slots } = await patient.call(providers.availability, days);
    const booking = (startsAt = '') => ({
      body: { practitionerId, startsAt, idempotencyKey: randomUUID() },
    });
    const { id } = await patient.call(appointments.create, booking(slots.at(-1)?.startsAt));

    const where = { organizationId, userId: members.doctor.userId };
    const { id: membershipId } = await api.database.prisma.membership.findFirstOrThrow({ where });
    const who = { params: { membershipId } };
    if (deed === 'changeRole') await admin.call(changeRole, { ...who, body: { role: 'pharmacist' } });
    else await admin.call(deed === 'suspend' ? suspend : remove, who);

    expect((await patient.call(providers.list)).items).toEqual([]);
    expect((await patient.refused(providers.get, doctor)).code).toBe('NOT_FOUND');
    expect((await patient.refused(providers.availability, days)).code).toBe('NOT_FOUND');
    expect((await patient.refused(appointments.create, booking(slots.at(-2)?.startsAt))).code).toBe(
      'NOT_FOUND',
    );
    expect((await api.client().refused(providers.walkIn, slug)).code).toBe('NOT_FOUND');
    const guest = { guest: { name: 'A Guest', birthDate: '1990-01-01' }, idempotencyKey: randomUUID() };
    expect((await api.client().refused(walkIns.enter, { ...slug, body: guest })).code).toBe('NOT_FOUND');
    const visit = { body: { practitionerId, patientId, idempotencyKey: randomUUID() } };
    expect((await admin.refused(visits.create, visit)).code).toBe('NOT_FOUND');

    expect((await patient.call(appointments.get, { params: { appointmentId: id } })).status).toBe('booked');
    if (deed !== 'suspend') return;
    await admin.call(resume, who);
    expect((await patient.call(providers.availability, days)).slots).toHaveLength(slots.length - 1);
  },
);
