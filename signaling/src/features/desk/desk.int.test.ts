import { randomUUID } from 'node:crypto';
import { OrganizationId, PractitionerId, type Role } from '@careconnect/contracts';
import { SEAT_TICKET_AUDIENCE } from '@careconnect/contracts/internal';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aQueueEntry, type TestVisit } from '../../testing/clinic.ts';
import { deskTicket, Harness, type DeskPerson } from '../../testing/harness.ts';

let clinic: Harness;

beforeEach(async () => {
  clinic = await Harness.start();
});
afterEach(() => clinic.close());

test('a doctor sees their own queue, and every change of it', async () => {
  const visit = clinic.api.add({ state: 'waiting' });
  const desk = await clinic.watch(doctorOf(visit));
  const { practitionerId } = visit;
  expect(await desk.ask('queue:watch', { practitionerId })).toEqual({ entries: [aQueueEntry(visit)] });
  visit.visit = { ...visit.visit, state: 'in_progress' };
  await clinic.changeQueue(visit, 1);
  expect(await desk.event('queue:changed')).toEqual({ practitionerId, entries: [aQueueEntry(visit)] });
});

test.each<Role>(['receptionist', 'admin'])('a %s sees any queue of the organization', async (role) => {
  const visit = clinic.api.add({ state: 'waiting' });
  const desk = await clinic.watch({ ...doctorOf(visit), role, practitionerId: null });
  const { entries } = await desk.ask('queue:watch', { practitionerId: visit.practitionerId });
  expect(entries).toHaveLength(1);
});

test('nobody sees a queue that is not theirs', async () => {
  const visit = clinic.api.add({ state: 'waiting' });
  const { practitionerId } = visit;
  const otherDoctor = { ...doctorOf(visit), practitionerId: PractitionerId.parse(randomUUID()) };
  const foreign = {
    organizationId: OrganizationId.parse(randomUUID()),
    role: 'admin',
    practitionerId: null,
  } as const;
  const [colleague, stranger, patient] = await Promise.all([
    clinic.watch(otherDoctor),
    clinic.watch(foreign),
    clinic.watch({ ...doctorOf(visit), role: 'patient' }),
  ]);
  expect(await colleague.refusal('queue:watch', { practitionerId })).toBe('FORBIDDEN');
  expect(await stranger.refusal('queue:watch', { practitionerId })).toBe('NOT_FOUND');
  expect(await patient.refusal('queue:watch', { practitionerId })).toBe('FORBIDDEN');

  const own = await clinic.watch(doctorOf(visit));
  await own.ask('queue:watch', { practitionerId });
  await clinic.changeQueue(visit, 1);
  await own.event('queue:changed');
  for (const page of [colleague, stranger, patient]) {
    await page.refusal('queue:watch', { practitionerId });
    expect(page.names).toEqual([]);
  }
});

test('a queue of the same doctor in another organization is another queue', async () => {
  const here = clinic.api.add({ state: 'waiting' });
  const there = clinic.api.add({ state: 'waiting', practitionerId: here.practitionerId });
  const desk = await clinic.watch(doctorOf(here));
  await desk.ask('queue:watch', { practitionerId: here.practitionerId });
  await clinic.changeQueue(there, 1);
  await clinic.changeQueue(here, 1);
  const { entries } = await desk.event('queue:changed');
  expect(entries.map(({ visitId }) => visitId)).toEqual([here.id]);
});

test('only a good desk ticket opens the desk, once', async () => {
  const visit = clinic.api.add();
  const ticket = await deskTicket(doctorOf(visit));
  const first = await clinic.watch(doctorOf(visit), ticket);
  await first.ask('queue:watch', { practitionerId: visit.practitionerId });
  const replay = await clinic.watch(doctorOf(visit), ticket);
  expect(await replay.refused()).toMatchObject({ code: 'TICKET_USED' });

  const wrong = await deskTicket(doctorOf(visit), { audience: SEAT_TICKET_AUDIENCE });
  const stranger = await clinic.watch(doctorOf(visit), wrong);
  expect(await stranger.refused()).toMatchObject({ code: 'TICKET_INVALID' });
});

test('while api is away the desk says so and can try again', async () => {
  const visit = clinic.api.add({ state: 'waiting' });
  const { practitionerId } = visit;
  const desk = await clinic.watch(doctorOf(visit));
  clinic.api.outage = 'down';
  expect(await desk.refusal('queue:watch', { practitionerId })).toBe('UPSTREAM_UNAVAILABLE');
  clinic.api.outage = 'none';
  expect((await desk.ask('queue:watch', { practitionerId })).entries).toHaveLength(1);
});

function doctorOf({ organizationId, practitionerId }: TestVisit): DeskPerson {
  return { organizationId, role: 'doctor', practitionerId };
}
