import { randomUUID } from 'node:crypto';
import { ACTING_HEADER, endpoints, type PatientId, type RelatedPersonId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';

const { list, addChild, ask, actingForMe, requests, grant, end } = endpoints.dependants;
const { create, list: listAppointments } = endpoints.appointments;

let scene: CareScene;
/** The clinic's patient as a mother. */
let mother: TestClient;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
  mother = scene.patient;
});
afterAll(() => scene.close());

const asFor = (patientId: PatientId) => ({ headers: { [ACTING_HEADER]: patientId } });
const aChild = (birthDate = '2019-02-28') => ({
  ...{ name: 'Ali Khan', birthDate, gender: 'male' as const, relationship: 'MTH' as const },
  idempotencyKey: randomUUID(),
});
const add = (birthDate?: string) => mother.call(addChild, { body: aChild(birthDate) });
const rowsOf = (patientId: string) =>
  scene.api.database.prisma.auditEvent.findMany({ where: { patientId }, orderBy: { id: 'asc' } });

async function bookFor(client: TestClient, patientId: PatientId) {
  const { practitionerId: providerId } = scene.clinic;
  const { nextFreeAt } = await client.call(endpoints.providers.get, { params: { providerId } });
  const body = { practitionerId: providerId, startsAt: nextFreeAt ?? '', idempotencyKey: randomUUID() };
  return client.call(create, { body, ...asFor(patientId) });
}

describe('a mother', () => {
  test('adds a child once, books for them, and sees their visits beside her own', async () => {
    const body = aChild();
    const [child, repeated] = [await mother.call(addChild, { body }), await mother.call(addChild, { body })];
    expect(repeated).toEqual(child);
    expect(child).toMatchObject({
      patient: { name: 'Ali Khan', birthDate: '2019-02-28' },
      ...{ relationship: 'MTH', scopes: ['visits', 'records', 'decisions'], untilOfAge: '2037-02-28' },
    });
    expect((await mother.call(list)).dependants).toEqual([child]);

    const appointment = await bookFor(mother, child.patient.id);
    expect(appointment.patient).toEqual({ id: child.patient.id, name: 'Ali Khan' });
    const theirs = await mother.call(listAppointments, asFor(child.patient.id));
    expect(theirs.items.map(({ id }) => id)).toEqual([appointment.id]);
    expect((await mother.call(listAppointments)).items.map(({ id }) => id)).not.toContain(appointment.id);

    const { userId } = scene.clinic.members.patient;
    const acted = { relatedPersonId: child.id, relationship: 'MTH' };
    expect(await rowsOf(child.patient.id)).toMatchObject([
      { action: 'dependant.add', actorUserId: userId, detail: { relationship: 'MTH' } },
      { action: 'appointment.create', actorUserId: userId, detail: acted },
    ]);
  });

  test('is in the visit with the child, under her own name', async () => {
    const { patient } = await add();
    const { visitId } = await bookFor(mother, patient.id);
    await scene.bringForward(visitId);
    const params = { visitId };
    expect((await mother.refused(endpoints.seats.joinTicket, { params })).code).toBe('VISIT_NOT_YOURS');
    const { ticket, seatId, seatRole } = await mother.call(endpoints.seats.joinTicket, {
      params,
      ...asFor(patient.id),
    });
    expect(seatRole).toBe('patient');
    const claims = JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    expect(claims).toMatchObject({
      name: scene.clinic.members.patient.name,
      inVisitFor: { name: 'Ali Khan', relationship: 'MTH' },
    });
    const key = { organizationId: scene.clinic.organizationId, visitId, seatId };
    const seat = await scene.api.asSignaling(internalApiEndpoints.checkIn, { params: key });
    expect(seat.visit).toMatchObject({ state: 'waiting', patient: { name: 'Ali Khan' } });
  });

  test('has the child’s copy with the relation in it, and nothing of her own account', async () => {
    const { id, patient } = await add();
    const copy = await mother.send('GET', endpoints.ownData.export.path, {
      headers: { [ACTING_HEADER]: patient.id },
    });
    const text = JSON.stringify(copy.body);
    expect(text).toContain(id);
    expect(text).toContain('"code":"MTH"');
    expect(text).not.toContain(scene.clinic.members.patient.email);
    expect(text).not.toContain('"resourceType":"Person"');
  });

  test('asks for the child to be erased, who goes with the relation and leaves her account as it is', async () => {
    const { id, patient } = await add();
    await mother.call(endpoints.erasures.ask, asFor(patient.id));
    const admin = await scene.api.signIn(scene.clinic.members.admin);
    const { erasures } = await admin.call(endpoints.erasures.list);
    const erasureId = erasures.find((one) => one.patient.id === patient.id)?.id ?? expect.unreachable();
    await admin.call(endpoints.erasures.accept, { params: { erasureId } });
    const { prisma } = scene.api.database;
    expect(await prisma.patient.count({ where: { id: patient.id } })).toBe(0);
    expect(await prisma.relatedPerson.count({ where: { id } })).toBe(0);
    expect((await mother.call(endpoints.auth.me)).patientId).toBe(scene.clinic.patientId);
  });

  test('sees under “who opened my record” of the child what she is to them', async () => {
    const { patient } = await add();
    await mother.call(endpoints.patients.get, { params: { patientId: patient.id }, ...asFor(patient.id) });
    const { items } = await mother.call(endpoints.audit.mine, {
      query: { own: 'shown' },
      ...asFor(patient.id),
    });
    expect(items.find(({ action }) => action === 'patient.read')?.who).toMatchObject({
      name: scene.clinic.members.patient.name,
      relationship: 'MTH',
    });
  });

  test('adds nobody of age, and acts no more from the birthday on, by the organization’s calendar', async () => {
    const problem = await mother.refused(addChild, { body: aChild('2000-02-29') });
    expect(problem.code).toBe('VALIDATION_FAILED');
    // 18 in two days in Karachi.
    const today = scene.api.clock.now();
    const birth = new Date(
      Date.UTC(today.getUTCFullYear() - 18, today.getUTCMonth(), today.getUTCDate() + 2),
    );
    const { patient } = await add(birth.toISOString().slice(0, 10));
    await mother.call(listAppointments, asFor(patient.id));
    scene.api.clock.advance(2 * 86_400_000);
    const later = await scene.api.signIn(scene.clinic.members.patient);
    expect((await later.refused(listAppointments, asFor(patient.id))).code).toBe('ACTING_REFUSED');
    expect((await later.call(list)).dependants.map((one) => one.patient.id)).not.toContain(patient.id);
    mother = later;
  });
});

describe('somebody who is registered already', () => {
  const asked = (name: string, birthDate = '1956-03-04') => ({
    body: { name, birthDate, relationship: 'DAUC' as const },
  });

  test('with an account lets a daughter in by it, and shuts her out at once', async () => {
    const { api, clinic } = scene;
    const desk = await api.signIn(clinic.members.receptionist);
    const elder = await api.signIn(clinic.members.patient);
    const daughter = await aNeighbour('Sana');
    // Nobody learns who is registered here.
    await daughter.client.call(ask, asked('Nobody of that name'));
    await daughter.client.call(ask, asked(clinic.members.patient.name));
    expect((await daughter.client.call(list)).dependants).toEqual([]);
    await expectClosed(daughter.client, clinic.patientId);

    const [request] = (await elder.call(actingForMe)).relatedPersons;
    expect(request).toMatchObject({ name: 'Sana', relationship: 'DAUC', status: 'pending', scopes: [] });
    const params = { relatedPersonId: request?.id ?? ('' as RelatedPersonId) };
    const body = { scopes: ['visits' as const] };
    expect((await daughter.client.refused(grant, { params, body })).code).toBe('NOT_FOUND');
    expect((await desk.refused(grant, { params, body })).code).toBe('NOT_FOUND');
    await elder.call(grant, { params, body });
    expect((await elder.refused(grant, { params, body })).code).toBe('CONFLICT');

    await daughter.client.call(listAppointments, asFor(clinic.patientId));
    const record = { params: { patientId: clinic.patientId }, ...asFor(clinic.patientId) };
    expect((await daughter.client.refused(endpoints.patients.get, record)).code).toBe('ACTING_REFUSED');
    const { visitId } = await bookFor(daughter.client, clinic.patientId);
    await scene.bringForward(visitId);
    const [own, hers] = [
      await elder.call(endpoints.seats.joinTicket, { params: { visitId } }),
      await daughter.client.call(endpoints.seats.joinTicket, {
        params: { visitId },
        ...asFor(clinic.patientId),
      }),
    ];
    expect([own.seatRole, hers.seatRole]).toEqual(['patient', 'guest']);

    await elder.call(end, { params });
    await expectClosed(daughter.client, clinic.patientId);
    const { organizationId } = clinic;
    const seat = { params: { organizationId, visitId, seatId: hers.seatId } };
    await expect(api.asSignaling(internalApiEndpoints.seatContext, seat)).rejects.toMatchObject({
      code: 'VISIT_NOT_FOUND',
    });
    expect((await elder.refused(end, { params })).code).toBe('CONFLICT');
  });

  test('without an account is let in for by the desk, which has seen papers', async () => {
    const { clinic } = scene;
    const desk = await scene.api.signIn(clinic.members.receptionist);
    const father = await aNeighbour('Imran');
    const body = { name: 'other', birthDate: '1956-03-04', relationship: 'GUARD' as const };
    const other = await scene.api.database.prisma.patient.findFirstOrThrow({
      where: { id: clinic.otherPatientId },
    });
    await father.client.call(ask, { body: { ...body, name: other.name.toUpperCase() } });
    const [request] = (await desk.call(requests)).requests;
    expect(request).toMatchObject({ name: 'Imran', patient: { id: clinic.otherPatientId } });
    const params = { relatedPersonId: request?.id ?? ('' as RelatedPersonId) };
    expect(await desk.call(grant, { params, body: { scopes: ['visits'] } })).toMatchObject({
      ...{ status: 'active', scopes: ['visits', 'records', 'decisions'] },
    });
    expect((await desk.call(requests)).requests).toEqual([]);
    await father.client.call(listAppointments, asFor(clinic.otherPatientId));
    await father.client.call(end, { params });
    await expectClosed(father.client, clinic.otherPatientId);
  });
});

test('the database holds what moves on, what is granted, and that two people have one open', async () => {
  const { prisma } = scene.api.database;
  const { id, patient } = await add();
  const row = await prisma.relatedPerson.findFirstOrThrow({ where: { id } });
  const change = (data: object) => prisma.relatedPerson.updateMany({ where: { id }, data });
  await expect(change({ status: 'pending', grantedAt: null, grantedByUserId: null })).rejects.toThrow();
  await expect(change({ patientId: scene.clinic.patientId })).rejects.toThrow();
  await expect(change({ scopes: ['visits'] })).rejects.toThrow();
  const { organizationId, userId } = row;
  const another = { organizationId, userId, patientId: patient.id, relationship: 'FTH' as const };
  await expect(
    prisma.relatedPerson.create({ data: { ...another, requestedAt: new Date() } }),
  ).rejects.toThrow();
  await change({ status: 'ended', endedAt: new Date(), endedByUserId: userId });
  await expect(change({ status: 'active', endedAt: null, endedByUserId: null })).rejects.toThrow();
});

async function expectClosed(client: TestClient, patientId: PatientId): Promise<void> {
  expect((await client.refused(listAppointments, asFor(patientId))).code).toBe('ACTING_REFUSED');
  const last = (await rowsOf(patientId)).at(-1);
  expect(last).toMatchObject({ action: 'dependant.act', outcome: 'denied', detail: { scope: 'visits' } });
}

/** Another patient of the clinic with an account. */
async function aNeighbour(name: string) {
  const { prisma } = scene.api.database;
  const { organizationId, members } = scene.clinic;
  const like = await prisma.user.findFirstOrThrow({ where: { id: members.patient.userId } });
  const email = `${randomUUID()}@home.example`;
  const { id: userId } = await prisma.user.create({
    data: {
      ...{ name, email, passwordHash: like.passwordHash },
      memberships: { create: { organizationId, role: 'patient' } },
    },
  });
  await prisma.patient.create({ data: { organizationId, userId, name, birthDate: new Date('1990-01-01') } });
  return { userId, client: await scene.api.signIn({ email }) };
}
