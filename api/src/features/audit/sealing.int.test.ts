import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { takeIntoCare } from '../../testing/take-into-care.ts';
import { createSealRepository } from './seal.repository.ts';
import { createSealer } from './sealer.ts';
import type { Seal } from './seal.ts';
import { createSigningKey } from './signing-key.ts';
import { startTrailScene, type TrailScene } from './testing/a-trail.ts';
import { ROW_FIELDS } from './trail-row.ts';

let scene: TrailScene;

beforeAll(async () => {
  scene = await startTrailScene(inject('postgresUrl'));
  await takeIntoCare(scene.api.database, scene.clinic);
});
afterAll(() => scene.close());

test('what was done is sealed, anchored, and verified as it was written', async () => {
  const doctor = await scene.api.signIn(scene.clinic.members.doctor);
  await doctor.call(endpoints.patients.list);
  await scene.api.seal();
  await doctor.call(endpoints.patients.get, { params: { patientId: scene.clinic.patientId } });
  expect(await scene.verify(scene.clinic.organizationId)).toMatchObject({
    isGood: true,
    seals: 1,
    unsealed: { count: 1 },
  });
  await scene.api.seal();
  await scene.api.anchor();
  expect(scene.api.anchors.at(-1)).toMatchObject({ organizationId: scene.clinic.organizationId, number: 2 });
  const verdict = await scene.verify(scene.clinic.organizationId);
  expect(verdict).toMatchObject({ isGood: true, seals: 2, newest: { number: 2 }, unsealed: { count: 0 } });
  expect(verdict.rows).toBe(
    await scene.api.database.prisma.auditEvent.count({
      where: { organizationId: scene.clinic.organizationId },
    }),
  );
  expect(await scene.api.seal()).toBe(0);
});

test('two sealers at once seal each row exactly once, more rows than one seal takes', async () => {
  const organizationId = randomUUID();
  await scene.writeRows(organizationId, 2_500);
  const sealed: Seal[] = [];
  const sealers = [1, 2].map(() =>
    createSealer({
      seals: createSealRepository(scene.api.database),
      key: createSigningKey(scene.api.auditSigningKey),
      clock: scene.api.clock,
      onSeal: (seal) => sealed.push(seal),
    }),
  );
  await Promise.all(sealers.map((sealer) => sealer.run()));
  await Promise.all(sealers.map((sealer) => sealer.run()));
  expect(sealed.map(({ rowCount }) => rowCount)).toEqual([1_000, 1_000, 500]);
  expect(await scene.verify(organizationId)).toMatchObject({ isGood: true, rows: 2_500, seals: 3 });
});

test('rows that nothing seals are told of after a minute, and measured', async () => {
  const organizationId = randomUUID();
  await scene.writeRows(organizationId, 1);
  expect(await scene.verify(organizationId)).toMatchObject({ isGood: true, unsealed: { count: 1 } });
  // The version 7 of an id has the time in it.
  await scene.intruder.query(
    'UPDATE audit_event SET id = uuidv7(interval $1) WHERE organization_id = $2'.replace(
      'interval $1',
      '$1::interval',
    ),
    ['-2 hours', organizationId],
  );
  const { faults } = await scene.verify(organizationId);
  expect(faults).toEqual([{ kind: 'rows-unsealed', count: 1, seconds: expect.closeTo(7_200, -2) as number }]);
  const metric = async () =>
    Number(/^careconnect_api_audit_unsealed_seconds\S* (\S+)$/m.exec(await scene.api.metrics.metrics())?.[1]);
  expect(await metric()).toBeCloseTo(7_200, -2);
  await scene.api.seal();
  expect(await metric()).toBe(0);
});

test('the database lets a row get its seal once, and change in nothing else', async () => {
  const organizationId = randomUUID();
  await scene.writeRows(organizationId, 1);
  const change = (assignment: string) =>
    scene.api.database.pool.query(`UPDATE audit_event SET ${assignment} WHERE organization_id = $1`, [
      organizationId,
    ]);
  await expect(change(`seal_number = 1, action = 'x'`)).rejects.toThrow(/append-only/);
  await expect(change(`seal_number = 1, detail = '{"count": 1.0}'`)).rejects.toThrow(/append-only/);
  await change('seal_number = 1');
  await expect(change('seal_number = 2')).rejects.toThrow(/append-only/);
  await expect(change('seal_number = NULL')).rejects.toThrow(/append-only/);
  await expect(
    scene.api.database.prisma.auditEvent.create({
      data: {
        organizationId,
        actorRole: 'x',
        action: 'x',
        entityType: 'x',
        requestId: 'x',
        at: scene.api.clock.now(),
        sealNumber: 1,
      },
    }),
  ).rejects.toThrow(/append-only/);
  await expect(scene.api.database.pool.query('DELETE FROM audit_seal')).rejects.toThrow(/append-only/);
  await expect(scene.api.database.pool.query('UPDATE audit_seal SET number = 9')).rejects.toThrow(
    /append-only/,
  );
});

test('every column of the trail is sealed', async () => {
  const { rows } = await scene.intruder.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'audit_event'`,
  );
  const inSnakeCase = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect(rows.map(({ name }) => name).sort()).toEqual([...ROW_FIELDS.map(inSnakeCase), 'seal_number'].sort());
});
