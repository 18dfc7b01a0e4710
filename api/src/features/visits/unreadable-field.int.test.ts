import { randomUUID } from 'node:crypto';
import { ClientMessageId, endpoints, UNREADABLE_TEXT } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startCareScene, type CareScene } from './testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

/** Somebody has changed one character of what is stored. */
async function damage(table: string, column: string, id: string): Promise<void> {
  const { rowCount } = await scene.api.database.pool.query(
    `UPDATE ${table} SET ${column} = overlay(${column} placing '!' from 20) WHERE id = $1 AND length(${column}) > 20`,
    [id],
  );
  expect(rowCount).toBe(1);
}

test('one damaged reason leaves every list as it is, and is not taken for none', async () => {
  const { api, clinic, doctor, desk } = scene;
  const [damaged, whole] = [await scene.book(), await scene.book()];
  await damage('visit', 'reason', damaged.visitId);
  await damage('appointment', 'reason', damaged.id);

  const expected = [
    [damaged.visitId, UNREADABLE_TEXT],
    [whole.visitId, 'A cough that stays'],
  ];
  const { items: visits } = await desk.call(endpoints.visits.list);
  expect(visits.map(({ id, reason }) => [id, reason]).sort()).toEqual(expected.toSorted());
  const { items: booked } = await desk.call(endpoints.appointments.list);
  expect(booked.map(({ visitId, reason }) => [visitId, reason]).sort()).toEqual(expected.toSorted());
  const { entries } = await doctor.call(endpoints.visits.today);
  expect(entries.map(({ visitId, reason }) => [visitId, reason]).sort()).toEqual(expected.toSorted());

  const { organizationId, practitionerId } = clinic;
  const relayed = await api.asSignaling(internalApiEndpoints.queue, {
    params: { organizationId, practitionerId },
    query: { userId: clinic.members.doctor.userId, role: 'doctor' },
  });
  expect(relayed.entries).toEqual(entries);
  expect(await api.metrics.metrics()).toMatch(
    /^careconnect_api_unreadable_fields_total\{field="visit.reason"/m,
  );
});

test('a visit with damaged texts goes on to its end, and its record shows what is left', async () => {
  const { api, doctor } = scene;
  const { visitId } = await scene.book();
  const { seatId } = await scene.checkIn(visitId);
  const send = (body: string) =>
    api.asSignaling(internalApiEndpoints.storeMessage, {
      params: { organizationId: scene.clinic.organizationId, visitId, seatId },
      body: { clientMessageId: ClientMessageId.parse(randomUUID()), body },
    });
  const damaged = await send('Since when?');
  await send('For ten days.');
  await damage('chat_message', 'body', damaged.id);
  await damage('visit', 'reason', visitId);
  api.signaling.take();

  const params = { visitId };
  await doctor.call(endpoints.visits.start, { params });
  await doctor.call(endpoints.visits.end, { params });
  await api.settled();
  expect(api.signaling.take()).toContainEqual(expect.objectContaining({ type: 'visit.changed' }));
  const { visit, messages } = await doctor.call(endpoints.visits.record, { params });
  expect(visit).toMatchObject({ state: 'ended', reason: UNREADABLE_TEXT });
  expect(messages.map(({ body }) => body)).toEqual([UNREADABLE_TEXT, 'For ten days.']);
});

test('one damaged number leaves the list of patients as it is', async () => {
  const { desk } = scene;
  const register = (name: string) =>
    desk.call(endpoints.patients.create, { body: { name, birthDate: '1961-07-30', phone: '0300 4567890' } });
  const [damaged, whole] = [await register('Amina Yusuf'), await register('Amina Malik')];
  await damage('patient', 'phone', damaged.id);
  const { items } = await desk.call(endpoints.patients.list);
  const phones = new Map(items.map(({ id, phone }) => [id, phone]));
  expect(phones.get(damaged.id)).toBe(UNREADABLE_TEXT);
  expect(phones.get(whole.id)).toBe('0300 4567890');
});
