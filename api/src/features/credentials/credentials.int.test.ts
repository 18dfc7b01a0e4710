import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { changeEmail, changePassword, confirmEmail } = endpoints.credentials;
const NEW_PASSWORD = 'lantern-river-meadow';

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

const mailTo = (address: string) => api.mails.filter(({ to }) => to === address).at(-1);
const tokenIn = (text = '') => /confirm-email#token=([\w-]+)/.exec(text)?.[1] ?? '';

test('a new password signs every other device out, and its owner is told', async () => {
  const { patient } = clinic.members;
  const [here, there] = [await api.signIn(patient), await api.signIn(patient)];
  await here.call(changePassword, { body: { newPassword: NEW_PASSWORD } });
  expect((await there.refused(endpoints.auth.me)).code).toBe('SESSION_EXPIRED');
  await here.call(endpoints.auth.me);
  await api.signIn(patient, NEW_PASSWORD);
  await api.settled();
  expect(mailTo(patient.email)?.subject).toBe('Your password was changed');
});

test('a new password is asked for only of somebody who has just proved who they are, and is no known one', async () => {
  const client = await api.signIn(clinic.members.patient);
  const weak = await client.refused(changePassword, { body: { newPassword: 'Password123456' } });
  expect(weak.code).toBe('PASSWORD_TOO_WEAK');
  api.clock.advance(11 * 60_000);
  await client.call(endpoints.auth.refreshToken);
  const refused = await client.refused(changePassword, { body: { newPassword: NEW_PASSWORD } });
  expect(refused.code).toBe('CONFIRMATION_NEEDED');
});

test('an address changes when its link is opened, once, and the old one is told', async () => {
  const { doctor } = clinic.members;
  const client = await api.signIn(doctor);
  const newEmail = `new-${doctor.email}`;
  await client.call(changeEmail, { body: { newEmail } });
  await api.settled();
  await api.signIn(doctor);
  const token = tokenIn(mailTo(newEmail)?.text);
  await api.client().call(confirmEmail, { body: { token } });
  expect((await api.client().refused(confirmEmail, { body: { token } })).code).toBe('LINK_INVALID');
  await api.signIn({ email: newEmail });
  const body = { email: doctor.email, password: TEST_PASSWORD };
  expect((await api.client().refused(endpoints.auth.login, { body })).code).toBe('INVALID_CREDENTIALS');
  await api.settled();
  expect(mailTo(doctor.email)?.subject).toBe('Your e-mail address was changed');
});

test.each(['changed', 'reset'] as const)(
  'a link to another address is worth nothing once the password is %s',
  async (how) => {
    const { patient } = clinic.members;
    const intruder = await api.signIn(patient);
    const newEmail = `intruder-${how}-${patient.email}`;
    await intruder.call(changeEmail, { body: { newEmail } });
    await api.settled();
    const left = tokenIn(mailTo(newEmail)?.text);
    if (how === 'changed') {
      await (await api.signIn(patient)).call(changePassword, { body: { newPassword: NEW_PASSWORD } });
    } else {
      await api.client().call(endpoints.auth.requestPasswordReset, { body: { email: patient.email } });
      await api.settled();
      const token = /#token=([\w-]+)/.exec(mailTo(patient.email)?.text ?? '')?.[1] ?? '';
      const body = { token, newPassword: NEW_PASSWORD };
      await api.client().call(endpoints.auth.confirmPasswordReset, { body });
    }
    expect((await api.client().refused(confirmEmail, { body: { token: left } })).code).toBe('LINK_INVALID');
  },
);

test('what a stranger asks for an address takes nothing from what its owner-to-be asks', async () => {
  const newEmail = `asked-${clinic.members.doctor.email}`;
  const { slug } = await api.database.prisma.organization.update({
    where: { id: clinic.organizationId },
    data: { registration: 'open' },
  });
  for (let times = 0; times < 4; times += 1) {
    await api.client().call(endpoints.registrations.request, { body: { clinic: slug, email: newEmail } });
  }
  await api.settled();
  await (await api.signIn(clinic.members.doctor)).call(changeEmail, { body: { newEmail } });
  await api.settled();
  expect(tokenIn(mailTo(newEmail)?.text)).not.toBe('');
});

test('an address that belongs to somebody is not given away, nor is it told that it belongs to somebody', async () => {
  const client = await api.signIn(clinic.members.doctor);
  const { email } = clinic.members.admin;
  await client.call(changeEmail, { body: { newEmail: email } });
  await api.settled();
  expect(tokenIn(mailTo(email)?.text)).toBe('');
  const newEmail = `late-${email}`;
  await client.call(changeEmail, { body: { newEmail } });
  await api.settled();
  await api.database.prisma.user.update({
    where: { id: clinic.members.admin.userId },
    data: { email: newEmail },
  });
  const token = tokenIn(mailTo(newEmail)?.text);
  expect((await api.client().refused(confirmEmail, { body: { token } })).code).toBe('LINK_INVALID');
});
