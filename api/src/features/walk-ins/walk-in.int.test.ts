import { randomUUID } from 'node:crypto';
import { endpoints, type VisitId } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi } from '../../testing/test-api.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { GUEST_PLACE_KEPT_MS, GUEST_PLACES, GUEST_PLACES_OF_NETWORK } from './walk-in.service.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { enter: walkIn } = endpoints.walkIns;
const { joinTicket } = endpoints.seats;
const { get, list } = endpoints.visits;
const GUEST = { name: 'Amina Yusuf', birthDate: '1961-07-30', phone: '+92 300 1234567' };

function entering(changes: { guest?: typeof GUEST | undefined; idempotencyKey?: string } = {}) {
  const params = { slug: scene.clinic.walkInSlug };
  return { params, body: { reason: 'Fever since yesterday', idempotencyKey: randomUUID(), ...changes } };
}

const aGuestsEntry = () => ({ idempotencyKey: randomUUID(), guest: GUEST });
/** A device in a network of its own. */
const from = (address: number) =>
  scene.api.client({ 'x-forwarded-for': `198.18.${address >> 8}.${address & 0xff}` });

/** Another doctor with a walk-in link; answers with its slug. */
async function colleagueOf({ organizationId, walkInSlug, timeZone }: Clinic): Promise<string> {
  const { prisma } = scene.api.database;
  const { id: userId } = await prisma.user.create({
    data: {
      name: 'Colleague',
      email: `${walkInSlug}-colleague@clinic.example`,
      memberships: { create: { organizationId, role: 'doctor' } },
    },
  });
  const colleague = await prisma.practitioner.create({
    data: {
      organizationId,
      userId,
      name: 'Dr Colleague',
      specialty: 'General practice',
      bio: '',
      walkInSlug: `${walkInSlug}-colleague`,
      isWalkInOpen: true,
      timeZone,
    },
  });
  return colleague.walkInSlug;
}

describe('a guest', () => {
  test('gives their name and has a session for this visit and nothing else', async () => {
    const { api, clinic } = scene;
    const guest = api.client();
    const { visit, session } = await guest.call(walkIn, entering({ guest: GUEST }));
    expect(visit).toMatchObject({
      state: 'scheduled',
      origin: 'walk_in',
      appointmentId: null,
      reason: 'Fever since yesterday',
      patient: { name: GUEST.name, birthDate: GUEST.birthDate },
      practitioner: { id: clinic.practitionerId },
    });
    expect(session).toMatchObject({ tokens: null, me: { isGuest: true, role: 'patient', email: null } });

    const params = { visitId: visit.id };
    expect(await guest.call(get, { params })).toEqual(visit);
    expect((await guest.call(joinTicket, { params })).seatRole).toBe('patient');
    const { visitId: another } = await scene.book();
    expect((await guest.refused(get, { params: { visitId: another } })).code).toBe('VISIT_NOT_FOUND');
    expect((await guest.call(list)).items).toEqual([visit]);
    expect((await guest.refused(endpoints.patients.list)).code).toBe('FORBIDDEN');
    const booking = {
      practitionerId: clinic.practitionerId,
      startsAt: '2026-11-24T09:00:00.000Z',
      idempotencyKey: randomUUID(),
    };
    const { code } = await guest.refused(endpoints.appointments.create, { body: booking });
    expect(code).toBe('FORBIDDEN');
    expect((await scene.patient.refused(get, { params })).code).toBe('VISIT_NOT_FOUND');
    expect(await scene.doctor.call(get, { params })).toEqual(visit);
  });

  test('whose first answer was lost asks again and is the same person in the same visit', async () => {
    const request = entering({ guest: GUEST });
    const answers = await Promise.all([0, 1, 2].map(() => scene.api.client().call(walkIn, request)));
    const [first] = answers;
    if (!first) throw new Error('there were three answers');
    for (const { visit, session } of answers) {
      expect(visit).toEqual(first.visit);
      expect(session?.me.userId).toBe(first.session?.me.userId);
    }
    const { prisma } = scene.api.database;
    const created = { idempotencyKey: request.body.idempotencyKey };
    expect(await prisma.visit.count({ where: created })).toBe(1);
    expect(await prisma.patient.count({ where: { id: first.visit.patient.id } })).toBe(1);
  });

  test('somebody else cannot use their key, and nobody can much later', async () => {
    const request = entering({ guest: GUEST });
    const { idempotencyKey } = request.body;
    await scene.api.client().call(walkIn, request);
    const stranger = entering({ guest: { ...GUEST, name: 'Somebody Else' }, idempotencyKey });
    expect((await scene.api.client().refused(walkIn, stranger)).code).toBe('CONFLICT');
    expect((await scene.patient.refused(walkIn, entering({ idempotencyKey }))).code).toBe('CONFLICT');
    const { prisma } = scene.api.database;
    const createdAt = new Date(scene.api.clock.now().getTime() - 11 * 60_000);
    await prisma.visit.updateMany({ where: { idempotencyKey }, data: { createdAt } });
    expect((await scene.api.client().refused(walkIn, request)).code).toBe('CONFLICT');
  });

  test('never gets a session of a patient with an account, whatever key they send', async () => {
    const mine = entering();
    const { visit } = await scene.patient.call(walkIn, mine);
    const { name, birthDate } = visit.patient;
    const body = { ...mine.body, guest: { name, birthDate } };
    expect((await scene.api.client().refused(walkIn, { ...mine, body })).code).toBe('CONFLICT');
  });
});

describe('someone who is signed in', () => {
  test('as a patient enters as themselves, and comes back to the visit they have', async () => {
    const first = await scene.patient.call(walkIn, entering());
    expect(first).toMatchObject({ session: null, visit: { patient: { id: scene.clinic.patientId } } });
    const again = await scene.patient.call(walkIn, entering());
    expect(again.visit.id).toBe(first.visit.id);
  });

  test('has one open visit with the doctor, however many tabs, desks and keys ask for it at once', async () => {
    const { api, clinic, desk } = scene;
    const { prisma } = api.database;
    const { organizationId, practitionerId, patientId } = clinic;
    const where = { organizationId, practitionerId, patientId, origin: 'walk_in' as const };
    await prisma.visit.updateMany({ where, data: { state: 'cancelled' } });
    const tab = () => scene.patient.call(walkIn, entering()).then(({ visit }) => visit.id);
    const open = () =>
      desk
        .call(endpoints.visits.create, {
          body: { patientId, practitionerId, idempotencyKey: randomUUID() },
        })
        .then(({ id }) => id);
    const ids = await Promise.all([tab(), tab(), open(), tab(), open(), tab()]);
    expect(new Set(ids).size).toBe(1);
    expect(await prisma.visit.count({ where: { ...where, state: 'scheduled' } })).toBe(1);
  });

  test('who comes back the next day has a new visit, and the one that was forgotten is cancelled', async () => {
    const { visit: forgotten } = await scene.patient.call(walkIn, entering());
    const createdAt = new Date(scene.api.clock.now().getTime() - 13 * 3_600_000);
    await scene.api.database.prisma.visit.update({ where: { id: forgotten.id }, data: { createdAt } });
    const [{ visit }, { visit: same }] = await Promise.all([
      scene.patient.call(walkIn, entering()),
      scene.patient.call(walkIn, entering()),
    ]);
    expect(visit.id).not.toBe(forgotten.id);
    expect(same.id).toBe(visit.id);
    expect((await scene.patient.call(get, { params: { visitId: forgotten.id } })).state).toBe('cancelled');
  });

  test('as a patient of another organization, or as staff, is a guest here', async () => {
    for (const client of [scene.foreignPatient, scene.doctor]) {
      expect((await client.refused(walkIn, entering())).code).toBe('VALIDATION_FAILED');
    }
    const { visit } = await scene.foreignPatient.call(walkIn, entering({ guest: GUEST }));
    expect(visit.patient.name).toBe(GUEST.name);
  });
});

describe('the link', () => {
  test('shows the doctor and how many wait', async () => {
    const page = await scene.api.client().call(endpoints.providers.walkIn, {
      params: { slug: scene.clinic.walkInSlug },
    });
    expect(page).toMatchObject({
      id: scene.clinic.practitionerId,
      name: `Dr ${scene.clinic.members.doctor.name}`,
      isWalkInOpen: true,
    });
    expect(page.waitingCount).toBe(0);
    const unknown = { params: { slug: 'nobody-at-all' } };
    expect((await scene.api.client().refused(endpoints.providers.walkIn, unknown)).code).toBe('NOT_FOUND');
    const entry = { ...entering({ guest: GUEST }), ...unknown };
    expect((await scene.api.client().refused(walkIn, entry)).code).toBe('NOT_FOUND');
  });

  test('is closed when the doctor says so', async () => {
    const closed = await makeOrganization(scene.api.database);
    await scene.api.database.prisma.practitioner.update({
      where: { id: closed.practitionerId },
      data: { isWalkInOpen: false },
    });
    const entry = { ...entering({ guest: GUEST }), params: { slug: closed.walkInSlug } };
    expect((await scene.api.client().refused(walkIn, entry)).code).toBe('WALK_IN_CLOSED');
  });

  test('lets so many guests in and no more, however many come at once', async () => {
    const { api } = scene;
    const crowded = await makeOrganization(api.database);
    const params = { slug: crowded.walkInSlug };
    const enter = (address: number) =>
      from(address).send(walkIn.method, `/api/v1/walk-ins/${params.slug}`, entry());
    const entry = () => ({
      body: JSON.stringify({ idempotencyKey: randomUUID(), guest: GUEST }),
      headers: { 'content-type': 'application/json' },
    });
    const statuses: number[] = [];
    for (let wave = 0; wave < 4; wave += 1) {
      const addresses = Array.from({ length: 9 }, (_, guest) => wave * 9 + guest);
      statuses.push(...(await Promise.all(addresses.map(enter))).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(GUEST_PLACES);
    const { prisma } = api.database;
    const where = { organizationId: crowded.organizationId };
    expect(await prisma.visit.count({ where })).toBe(GUEST_PLACES);

    const late = { params, body: { idempotencyKey: randomUUID(), guest: GUEST } };
    expect(await from(100).refused(walkIn, late)).toMatchObject({ code: 'WALK_IN_FULL', status: 409 });
    expect(await prisma.patient.count({ where: { ...where, name: GUEST.name } })).toBe(GUEST_PLACES);
    const patient = await api.signIn(crowded.members.patient);
    await patient.call(walkIn, { params, body: { idempotencyKey: randomUUID() } });

    // Nor does a guest of someone else go past the limit as a person who is known.
    const elsewhere = { slug: await colleagueOf(crowded) };
    const known = from(100);
    await known.call(walkIn, { params: elsewhere, body: { idempotencyKey: randomUUID(), guest: GUEST } });
    const more = { params, body: { idempotencyKey: randomUUID() } };
    expect((await known.refused(walkIn, more)).code).toBe('WALK_IN_FULL');

    const [first] = await prisma.visit.findMany({ where, orderBy: { id: 'asc' }, take: 1 });
    const doctor = await api.signIn(crowded.members.doctor);
    await doctor.call(endpoints.visits.start, { params: { visitId: first?.id as VisitId } });
    await from(100).call(walkIn, late);
    // Asking again for the place one has is not asking for another.
    await from(100).call(walkIn, late);
    expect((await from(101).refused(walkIn, { params, body: aGuestsEntry() })).code).toBe('WALK_IN_FULL');
  });

  test('keeps a place for those who come, and only a while for those who do not', async () => {
    const { api } = scene;
    const { prisma } = api.database;
    const crowded = await makeOrganization(api.database);
    const params = { slug: crowded.walkInSlug };
    const enter = (address: number) => from(address).call(walkIn, { params, body: aGuestsEntry() });
    const refused = (address: number) => from(address).refused(walkIn, { params, body: aGuestsEntry() });
    const guests = [];
    for (let guest = 0; guest < GUEST_PLACES; guest += 1) guests.push(await enter(guest));
    const [here, gone] = guests;
    if (!here || !gone) throw new Error('there were thirty guests');
    const seat = (visitId: VisitId, userId: string, isPresent: boolean) =>
      prisma.visitParticipant.create({
        data: {
          organizationId: crowded.organizationId,
          visitId,
          userId,
          seatRole: 'patient',
          displayName: GUEST.name,
          isPresent,
          connectedAt: api.clock.now(),
        },
      });
    await seat(here.visit.id, here.session?.me.userId ?? '', true);
    api.clock.advance(GUEST_PLACE_KEPT_MS);
    expect((await refused(100)).code).toBe('WALK_IN_FULL');
    await seat(gone.visit.id, gone.session?.me.userId ?? '', false);
    api.clock.advance(1);
    // One is connected, and one was a moment ago; nobody has seen the others.
    for (let guest = 0; guest < GUEST_PLACES - 2; guest += 1) await enter(200 + guest);
    expect((await refused(100)).code).toBe('WALK_IN_FULL');
    api.clock.advance(GUEST_PLACE_KEPT_MS + 1);
    for (let guest = 0; guest < GUEST_PLACES - 1; guest += 1) await enter(300 + guest);
    expect((await refused(100)).code).toBe('WALK_IN_FULL');
  });

  test('leaves one network its share of the places, however many of it come at once', async () => {
    const { api } = scene;
    const clinic = await makeOrganization(api.database);
    const params = { slug: clinic.walkInSlug };
    const home = Array.from({ length: 2 * GUEST_PLACES_OF_NETWORK }, (_, device) =>
      api
        .client({ 'x-forwarded-for': `2001:db8:0:7::${device + 1}` })
        .call(walkIn, { params, body: aGuestsEntry() })
        .catch(() => null),
    );
    const inside = (await Promise.all(home)).filter((entered) => entered !== null);
    expect(inside).toHaveLength(GUEST_PLACES_OF_NETWORK);
    const another = api.client({ 'x-forwarded-for': '2001:db8:0:7:ffff::1' });
    const problem = await another.refused(walkIn, { params, body: aGuestsEntry() });
    expect(problem).toMatchObject({
      code: 'WALK_IN_FULL',
      detail: expect.stringContaining('from your network') as string,
    });
    await from(1).call(walkIn, { params, body: aGuestsEntry() });
    // The same people go to another doctor, and whoever has been called in makes room.
    const elsewhere = { slug: await colleagueOf(clinic) };
    await another.call(walkIn, { params: elsewhere, body: aGuestsEntry() });
    const doctor = await api.signIn(clinic.members.doctor);
    await doctor.call(endpoints.visits.start, { params: { visitId: inside[0]?.visit.id as VisitId } });
    await another.call(walkIn, { params, body: aGuestsEntry() });
  });

  test('cannot be used to flood a waiting room', async () => {
    const api = await startTestApi({ postgresUrl: inject('postgresUrl'), rateLimitFactor: 0.1 });
    try {
      const clinic = await makeOrganization(api.database);
      const params = { slug: clinic.walkInSlug };
      const enter = () => ({ params, body: { idempotencyKey: randomUUID(), guest: GUEST } });
      await api.client().call(walkIn, enter());
      await api.client().call(walkIn, enter());
      const refused = await api.client().refused(walkIn, enter());
      expect(refused.code).toBe('RATE_LIMITED');
      expect(refused.retryAfterSeconds).toBeGreaterThan(0);
      expect(await api.database.prisma.visit.count()).toBe(2);
    } finally {
      await api.close();
    }
  });
});
