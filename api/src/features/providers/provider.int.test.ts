import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

let api: TestApi;
let clinic: Clinic;
let patient: TestClient;
let foreign: Clinic;
beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database, 'Europe/Berlin');
  foreign = await makeOrganization(api.database, 'America/New_York');
  patient = await api.signIn(clinic.members.patient);
});
afterAll(() => api.close());

const { availability, get, list } = endpoints.providers;

async function startsOn(from: string, to = from): Promise<string[]> {
  const params = { providerId: clinic.practitionerId };
  const { slots } = await patient.call(availability, { params, query: { from, to } });
  return slots.map(({ startsAt }) => startsAt);
}

describe('doctors', () => {
  test('are those of one’s own organization, found by a part of their name or field', async () => {
    const { items } = await patient.call(list);
    expect(items.map(({ id }) => id)).toEqual([clinic.practitionerId]);
    expect((await patient.call(list, { query: { q: 'general' } })).items).toEqual(items);
    expect((await patient.call(list, { query: { q: '%' } })).items).toEqual([]);
    expect(await patient.call(get, { params: { providerId: clinic.practitionerId } })).toEqual(items[0]);
    const params = { providerId: foreign.practitionerId };
    const query = { from: '2026-11-24', to: '2026-11-24' };
    expect((await patient.refused(get, { params })).code).toBe('NOT_FOUND');
    expect((await patient.refused(availability, { params, query })).code).toBe('NOT_FOUND');
  });
});

describe('availability', () => {
  test('is a day of the doctor’s own calendar', async () => {
    const starts = await startsOn('2026-11-24');
    expect(starts).toHaveLength(48);
    expect(starts[0]).toBe('2026-11-23T23:00:00.000Z');
    expect(starts.at(-1)).toBe('2026-11-24T22:30:00.000Z');
  });

  test('holds nothing that has begun, and the next free time is its first', async () => {
    const now = api.clock.now().toISOString();
    const starts = await startsOn('2026-11-22', '2026-11-23');
    expect(starts[0]).toBe(now);
    const { nextFreeAt } = await patient.call(get, { params: { providerId: clinic.practitionerId } });
    expect(nextFreeAt).toBe(now);
  });

  test('follows time off, extra hours and bookings as the database has them', async () => {
    const { prisma } = api.database;
    const { organizationId, practitionerId } = clinic;
    const base = { organizationId, practitionerId };
    await prisma.availabilityException.createMany({
      data: [
        { ...base, date: new Date('2026-11-25'), kind: 'closed' },
        { ...base, date: new Date('2026-11-26'), kind: 'closed', startMinute: 60, endMinute: 1440 },
      ],
    });
    expect(await startsOn('2026-11-25')).toEqual([]);
    const before = ['2026-11-25T23:00:00.000Z', '2026-11-25T23:30:00.000Z'];
    expect(await startsOn('2026-11-26')).toEqual(before);
    await patient.call(endpoints.appointments.create, {
      body: { practitionerId, startsAt: '2026-11-25T23:00:00.000Z', idempotencyKey: randomUUID() },
    });
    expect(await startsOn('2026-11-26')).toEqual(before.slice(1));
    const body = { practitionerId, startsAt: '2026-11-24T23:00:00.000Z', idempotencyKey: randomUUID() };
    expect((await patient.refused(endpoints.appointments.create, { body })).code).toBe('SLOT_NOT_OFFERED');
  });

  test.each([
    ['backwards', '2026-11-25', '2026-11-24'],
    ['longer than a month', '2026-11-24', '2026-12-25'],
    ['across the ages', '1900-01-01', '2199-12-31'],
  ])('a span that is %s is refused', async (_name, from, to) => {
    const params = { providerId: clinic.practitionerId };
    const problem = await patient.refused(availability, { params, query: { from, to } });
    expect(problem.code).toBe('VALIDATION_FAILED');
  });

  test('of days at the ends of the calendar is empty and no failure', async () => {
    expect(await startsOn('1900-01-01')).toEqual([]);
    expect(await startsOn('2199-12-31')).toEqual([]);
  });
});
