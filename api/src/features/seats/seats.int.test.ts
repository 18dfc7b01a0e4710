import { randomUUID } from 'node:crypto';
import { ENTER_BEFORE_MINUTES, buildPath, endpoints, type VisitId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { aSeat, codeOf, keyOf } from './testing/a-seat.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { joinTicket } = endpoints.seats;

test('a seat that does not exist, or belongs to another visit, is not found', async () => {
  const one = await aSeat(scene);
  const other = await aSeat(scene);
  for (const params of [
    keyOf({ ...one, seatId: other.seatId }),
    keyOf({ ...one, visitId: randomUUID() as VisitId }),
    keyOf({ ...one, organizationId: scene.foreign.organizationId }),
  ]) {
    const { asSignaling } = scene.api;
    const body = { clientMessageId: randomUUID(), body: 'hello' };
    expect(await codeOf(asSignaling(internalApiEndpoints.seatContext, { params }))).toBe('VISIT_NOT_FOUND');
    expect(await codeOf(asSignaling(internalApiEndpoints.checkIn, { params }))).toBe('VISIT_NOT_FOUND');
    expect(await codeOf(asSignaling(internalApiEndpoints.storeMessage, { params, body }))).toBe(
      'VISIT_NOT_FOUND',
    );
  }
});

test('a suspended member has no seat, and has it again when they are let back in', async () => {
  const params = keyOf(await aSeat(scene));
  const { asSignaling, database } = scene.api;
  const body = { clientMessageId: randomUUID(), body: 'hello' };
  const { userId } = scene.clinic.members.patient;
  const setStatus = (status: 'active' | 'suspended') =>
    database.prisma.membership.updateMany({ where: { userId }, data: { status } });
  await setStatus('suspended');
  const refusals = await Promise.all([
    codeOf(asSignaling(internalApiEndpoints.seatContext, { params })),
    codeOf(asSignaling(internalApiEndpoints.checkIn, { params })),
    codeOf(asSignaling(internalApiEndpoints.storeMessage, { params, body })),
  ]);
  await setStatus('active');
  expect(refusals).toEqual(['VISIT_NOT_FOUND', 'VISIT_NOT_FOUND', 'VISIT_NOT_FOUND']);
  expect((await asSignaling(internalApiEndpoints.seatContext, { params })).visit.id).toBe(params.visitId);
});

test('the host never waits, and may be in the room before and after the patient has come', async () => {
  const { organizationId, visitId } = await aSeat(scene);
  const { seatId } = await scene.doctor.call(joinTicket, { params: { visitId } });
  const ask = () =>
    scene.api.asSignaling(internalApiEndpoints.seatContext, {
      params: { organizationId, visitId, seatId },
    });
  expect(await ask()).toMatchObject({ mayJoin: true, isCheckedIn: false });
  await scene.checkIn(visitId);
  expect(await ask()).toMatchObject({
    visit: { state: 'waiting' },
    mayJoin: true,
    isCheckedIn: false,
    position: null,
  });
});

test('only the patient can say that they are here', async () => {
  const { organizationId, visitId } = await aSeat(scene);
  const { seatId } = await scene.doctor.call(joinTicket, { params: { visitId } });
  const call = scene.api.asSignaling(internalApiEndpoints.checkIn, {
    params: { organizationId, visitId, seatId },
  });
  expect(await codeOf(call)).toBe('VISIT_TRANSITION_REFUSED');
});

test('nobody waits for a visit before its waiting room opens, and staying is fine', async () => {
  const { prisma } = scene.api.database;
  const params = keyOf(await aSeat(scene));
  const where = { id: params.visitId };
  const come = () => scene.api.asSignaling(internalApiEndpoints.checkIn, { params });
  const begin = (inMs: number) =>
    prisma.visit.update({ where, data: { scheduledAt: new Date(scene.api.clock.now().getTime() + inMs) } });
  const opensMs = ENTER_BEFORE_MINUTES * 60_000;
  await begin(opensMs + 1);
  expect(await codeOf(come())).toBe('VISIT_TOO_EARLY');
  expect((await prisma.visit.findUniqueOrThrow({ where })).state).toBe('scheduled');
  await begin(opensMs);
  expect((await come()).visit.state).toBe('waiting');
  await begin(opensMs + 1);
  expect((await come()).visit.state).toBe('waiting');
});

test('a visit that is over takes nobody in and no words', async () => {
  const { appointmentId, ...params } = await aSeat(scene);
  await scene.patient.call(endpoints.appointments.cancel, { params: { appointmentId } });
  const body = { clientMessageId: randomUUID(), body: 'hello?' };
  const { asSignaling } = scene.api;
  expect(await codeOf(asSignaling(internalApiEndpoints.seatContext, { params }))).toBe('VISIT_OVER');
  expect(await codeOf(asSignaling(internalApiEndpoints.checkIn, { params }))).toBe('VISIT_OVER');
  expect(await codeOf(asSignaling(internalApiEndpoints.storeMessage, { params, body }))).toBe('VISIT_OVER');
});

test('nobody but our own processes may ask', async () => {
  const path = buildPath(internalApiEndpoints.seatContext.path, keyOf(await aSeat(scene)));
  for (const client of [
    scene.doctor,
    scene.api.client(),
    scene.api.client({ authorization: 'Bearer x.y.z' }),
  ]) {
    expect((await client.send('GET', path)).status).toBe(401);
  }
});

test('signaling can ask where many visits stand', async () => {
  const [one, other] = [await aSeat(scene), await aSeat(scene)];
  await scene.doctor.call(endpoints.visits.start, { params: { visitId: other.visitId } });
  const unknown = randomUUID() as VisitId;
  const third = await aSeat(scene);
  const asked = [
    one,
    { ...one, visitId: unknown },
    other,
    { ...third, organizationId: scene.foreign.organizationId },
  ];
  const body = {
    visits: asked.map(({ organizationId, visitId }) => ({ organizationId, visitId })),
  };
  const { visits } = await scene.api.asSignaling(internalApiEndpoints.visitStates, { body });
  expect(new Map(visits.map(({ visitId, state }) => [visitId, state]))).toEqual(
    new Map([
      [one.visitId, 'scheduled'],
      [other.visitId, 'in_progress'],
    ]),
  );
});
