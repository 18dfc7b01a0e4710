import { endpoints, type ConsentKind } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';

const { give, mine, publish, texts, withdraw } = endpoints.consents;
const WORDING = { title: 'ویڈیو ملاقات', body: 'متن' };
const TELEHEALTH = { kind: 'telehealth' } as const;

let api: TestApi;
let clinic: Clinic;
let [admin, patient]: TestClient[] = [];

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
  admin = await api.signIn(clinic.members.admin);
  patient = await api.signIn(clinic.members.patient);
});
afterAll(() => api.close());

const as = (client: TestClient | undefined): TestClient => client ?? expect.unreachable();
const publishText = (kind: ConsentKind, body: string, by = as(admin)) =>
  by.call(publish, { body: { kind, wordings: { en: { title: 'Video visits', body } } } });
/** What the patient decided, newest first, as `given 2`. */
const decided = async () =>
  (await as(patient).call(mine)).consents.map(({ kind, current, records }) => [
    kind,
    current.version,
    records.map(({ decision, text }) => `${decision} ${text.version}`),
  ]);
const audited = (action: string) =>
  api.database.prisma.auditEvent.findMany({
    where: { organizationId: clinic.organizationId, action },
    orderBy: { id: 'asc' },
  });

test('a patient agrees, takes it back, and agrees to the next version; every decision stays on record', async () => {
  await publishText('telehealth', 'The first.');
  expect(await decided()).toEqual([['telehealth', 1, []]]);
  await as(patient).call(give, { body: { ...TELEHEALTH, version: 1 } });
  // Pressed twice, or asked again by a page that heard no answer.
  await as(patient).call(give, { body: { ...TELEHEALTH, version: 1 } });
  await publishText('telehealth', 'The second.');
  expect((await as(patient).refused(give, { body: { ...TELEHEALTH, version: 1 } })).code).toBe(
    'CONSENT_OUTDATED',
  );
  await as(patient).call(withdraw, { body: TELEHEALTH });
  await as(patient).call(withdraw, { body: TELEHEALTH });
  expect(await decided()).toEqual([['telehealth', 2, ['withdrawn 1', 'given 1']]]);
  await as(patient).call(give, { body: { ...TELEHEALTH, version: 2 } });
  expect(await decided()).toEqual([['telehealth', 2, ['given 2', 'withdrawn 1', 'given 1']]]);
  const [consent] = (await as(patient).call(mine)).consents;
  expect(consent?.records.at(-1)).toMatchObject({
    means: 'ownPage',
    isByPatient: true,
    text: { wordings: { en: { body: 'The first.' } } },
  });
  const rows = [...(await audited('consent.give')), ...(await audited('consent.withdraw'))];
  expect(rows.map(({ patientId, detail }) => [patientId, detail])).toEqual(
    [1, 2, 1].map((version) => [clinic.patientId, { ...TELEHEALTH, version, means: 'ownPage' }]),
  );
});

test('two tabs that agree at the same moment agree once', async () => {
  await publishText('telehealth', 'The first.');
  const agree = () =>
    as(patient)
      .copy()
      .call(give, { body: { ...TELEHEALTH, version: 1 } });
  await Promise.all([agree(), agree(), agree(), agree()]);
  expect(await decided()).toEqual([['telehealth', 1, ['given 1']]]);
});

test('two administrators who publish at the same moment publish one version after the other', async () => {
  await Promise.all(['A', 'B', 'C'].map((body) => publishText('privacyNotice', body, as(admin).copy())));
  await publishText('telehealth', 'Of another kind.');
  const published = (await as(admin).call(texts)).texts;
  expect(published.map(({ kind, version }) => `${kind} ${version}`).sort()).toEqual([
    'privacyNotice 1',
    'privacyNotice 2',
    'privacyNotice 3',
    'telehealth 1',
  ]);
  expect((await audited('consent.publish')).map(({ detail }) => detail)).toContainEqual({
    kind: 'privacyNotice',
    version: 2,
    languages: ['en'],
  });
});

test('what is published and what was decided cannot be changed, not even by the owner of the database', async () => {
  const { id } = await publishText('telehealth', 'The first.');
  await as(patient).call(give, { body: { ...TELEHEALTH, version: 1 } });
  const { prisma } = api.database;
  for (const change of [
    () => prisma.consentText.update({ where: { id }, data: { wordings: { en: { title: 'B', body: 'C' } } } }),
    () => prisma.consentText.deleteMany({ where: { id } }),
    () => prisma.consent.updateMany({ where: { textId: id }, data: { decision: 'withdrawn' } }),
    () => prisma.consent.deleteMany({ where: { textId: id } }),
  ])
    await expect(change()).rejects.toThrow(/append-only/);
});

test('texts of another organization are neither shown nor agreed to, and publishing asks for a proof', async () => {
  const foreign = await makeOrganization(api.database);
  await publishText('telehealth', 'Of somebody else.', await api.signIn(foreign.members.admin));
  expect(await decided()).toEqual([]);
  expect((await as(admin).call(texts)).texts).toEqual([]);
  expect((await as(patient).refused(give, { body: { ...TELEHEALTH, version: 1 } })).code).toBe('NOT_FOUND');
  expect((await as(admin).refused(publish, { body: { ...TELEHEALTH, wordings: {} } })).code).toBe(
    'VALIDATION_FAILED',
  );
  api.clock.advance(11 * 60_000);
  await as(admin).call(endpoints.auth.refreshToken);
  expect(
    (await as(admin).refused(publish, { body: { ...TELEHEALTH, wordings: { ur: WORDING } } })).code,
  ).toBe('CONFIRMATION_NEEDED');
});
