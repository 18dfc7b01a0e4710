import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { get, put } = endpoints.securityPolicy;
const STRICT = {
  staffSecondFactor: 'required',
  staffSentCodes: 'allowed',
  idleTimeoutMinutes: 5,
  staffPasswordMinLength: 16,
  registration: 'open',
} as const;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

test('a change counts for those who are signed in, stays in this organization, and is on record with what was before', async () => {
  const foreign = await makeOrganization(api.database);
  const [admin, desk] = [
    await api.signIn(clinic.members.admin),
    await api.signIn(clinic.members.receptionist),
  ];
  const before = await admin.call(get);
  expect(before).toEqual({
    staffSecondFactor: 'optional',
    staffSentCodes: 'refused',
    idleTimeoutMinutes: 720,
    staffPasswordMinLength: 12,
    registration: 'closed',
  });
  expect(await admin.call(put, { body: STRICT })).toEqual(STRICT);
  api.clock.advance(6_000);
  expect(await desk.call(endpoints.auth.me)).toMatchObject({
    mustSetUpSecondFactor: true,
    idleTimeoutMinutes: 5,
  });
  expect((await desk.refused(endpoints.patients.list)).code).toBe('SECOND_FACTOR_NEEDED');
  expect(await (await api.signIn(foreign.members.admin)).call(get)).toEqual(before);
  const row = await api.database.prisma.auditEvent.findFirstOrThrow({
    where: { organizationId: clinic.organizationId, action: 'organization.changeSecurity' },
  });
  expect(row).toMatchObject({ actorUserId: clinic.members.admin.userId, entityId: clinic.organizationId });
  expect(row.detail).toEqual({
    ...STRICT,
    staffSecondFactorBefore: 'optional',
    staffSentCodesBefore: 'refused',
    idleTimeoutMinutesBefore: 720,
    staffPasswordMinLengthBefore: 12,
    registrationBefore: 'closed',
  });
});

test('asks for a proof of who changes it, and takes no time that is out of reason', async () => {
  const admin = await api.signIn(clinic.members.admin);
  for (const idleTimeoutMinutes of [4, 721, 30.5]) {
    const body = { ...STRICT, idleTimeoutMinutes };
    expect((await admin.refused(put, { body })).code).toBe('VALIDATION_FAILED');
  }
  for (const staffPasswordMinLength of [11, 65]) {
    const body = { ...STRICT, staffPasswordMinLength };
    expect((await admin.refused(put, { body })).code).toBe('VALIDATION_FAILED');
  }
  api.clock.advance(11 * 60_000);
  await admin.call(endpoints.auth.refreshToken);
  expect((await admin.refused(put, { body: STRICT })).code).toBe('CONFIRMATION_NEEDED');
});

test('staff choose passwords as long as their organization asks, and patients as long as anybody', async () => {
  const admin = await api.signIn(clinic.members.admin);
  await admin.call(put, { body: { ...STRICT, staffSecondFactor: 'optional', idleTimeoutMinutes: 720 } });
  const { passwordRules, changePassword } = endpoints.credentials;
  const body = { newPassword: 'twelve plums' };
  const desk = await api.signIn(clinic.members.receptionist);
  expect(await desk.call(passwordRules)).toEqual({ minLength: 16 });
  expect((await desk.refused(changePassword, { body })).code).toBe('PASSWORD_TOO_WEAK');
  await desk.call(changePassword, { body: { newPassword: 'twelve plums and a pear' } });
  const patient = await api.signIn(clinic.members.patient);
  expect(await patient.call(passwordRules)).toEqual({ minLength: 12 });
  await patient.call(changePassword, { body });
});
