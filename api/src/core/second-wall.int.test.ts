import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../testing/a-clinic.ts';
import { runMatrix } from '../testing/authorisation-matrix/run.ts';
import { forgetTenants } from '../testing/forget-tenants.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  // Fewer connections than there are people who ask.
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), poolSize: 2 });
});
afterAll(() => api.close());

test('who asks for rows of another organization gets none, even where every query forgets to ask for one', async () => {
  const forgotten = forgetTenants(api.walledDatabase);
  // Staff, whom policies let see whatever is of their organization.
  const cases = await runMatrix(api, { relations: ['foreign'], people: ['doctor', 'receptionist', 'admin'] });
  expect(cases.filter(({ expected, actual, leaked }) => expected !== actual || leaked !== null)).toEqual([]);
  expect(forgotten()).toBeGreaterThan(100);

  // And it is the wall that has kept them apart.
  await api.database.pool.query(`
    DO $$ DECLARE walled regclass; BEGIN
      FOR walled IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', walled);
      END LOOP;
    END; $$`);
  const unwalled = await runMatrix(api, { relations: ['foreign'], people: ['receptionist'] });
  expect(unwalled.filter(({ leaked }) => leaked !== null).length).toBeGreaterThan(5);
}, 60_000);

test('many people of two organizations at once, over two connections, each see their own', async () => {
  const crowded = await startTestApi({ postgresUrl: inject('postgresUrl'), poolSize: 2 });
  try {
    const clinics = [await makeOrganization(crowded.database), await makeOrganization(crowded.database)];
    const desks = await Promise.all(
      clinics.map(({ members }) =>
        Promise.all([crowded.signIn(members.receptionist), crowded.signIn(members.admin)]),
      ),
    );
    const asked = Array.from({ length: 48 }, async (_none, index) => {
      const which = index % 2;
      const client = desks[which]?.[(index >> 1) % 2];
      const [own, foreign] = [clinics[which], clinics[1 - which]] as [Clinic, Clinic];
      if (!client) throw new Error('nobody is at the desk');
      const [patients, providers, today] = await Promise.all([
        client.call(endpoints.patients.list),
        client.call(endpoints.providers.list),
        client.call(endpoints.visits.today, { query: { practitionerId: own.practitionerId } }),
      ]);
      expect(patients.items.map(({ id }) => id).sort()).toEqual([own.patientId, own.otherPatientId].sort());
      expect(providers.items.map(({ id }) => id)).toEqual([own.practitionerId]);
      expect(today.entries).toEqual([]);
      await client.refused(endpoints.patients.get, { params: { patientId: foreign.patientId } });
    });
    await Promise.all(asked);
  } finally {
    await crowded.close();
  }
});
