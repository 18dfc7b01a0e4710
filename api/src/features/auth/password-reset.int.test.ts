import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeOrganization, TEST_PASSWORD, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const { checkPasswordReset, confirmPasswordReset, login, me, requestPasswordReset } = endpoints.auth;
const NEW_PASSWORD = 'seven quiet orchards';

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

async function askForLink(email: string): Promise<string | null> {
  const before = api.mails.length;
  await api.client().call(requestPasswordReset, { body: { email } });
  await api.settled();
  const mail = api.mails[before];
  return mail ? (/#token=([\w-]+)/.exec(mail.text)?.[1] ?? null) : null;
}

const confirm = (token: string, newPassword = NEW_PASSWORD) => ({ body: { token, newPassword } });

test('the link sets a new password, ends every session, and works once', async () => {
  const { patient } = clinic.members;
  const elsewhere = await api.signIn(patient);
  const token = (await askForLink(patient.email)) ?? '';
  expect(api.mails.at(-1)).toMatchObject({ to: patient.email, subject: 'Set a new password' });
  expect(api.mails.at(-1)?.html).toContain(`https://clinic.example/reset-password#token=${token}`);

  await api.client().call(confirmPasswordReset, confirm(token));
  expect((await elsewhere.refused(me)).code).toBe('SESSION_EXPIRED');
  const old = await api.client().refused(login, { body: { email: patient.email, password: TEST_PASSWORD } });
  expect(old.code).toBe('INVALID_CREDENTIALS');
  await api.signIn(patient, NEW_PASSWORD);
  expect((await api.client().refused(confirmPasswordReset, confirm(token))).code).toBe('LINK_INVALID');
});

test('a link is good for thirty minutes, and a new password makes older links worthless', async () => {
  const { email } = clinic.members.doctor;
  const tooOld = (await askForLink(email)) ?? '';
  api.clock.advance(30 * 60_000);
  expect((await api.client().refused(confirmPasswordReset, confirm(tooOld))).code).toBe('LINK_INVALID');
  const [first, second] = [(await askForLink(email)) ?? '', (await askForLink(email)) ?? ''];
  await api.client().call(confirmPasswordReset, confirm(second));
  expect((await api.client().refused(confirmPasswordReset, confirm(first))).code).toBe('LINK_INVALID');
});

test('two who use the same link at once: one of them wins', async () => {
  const token = (await askForLink(clinic.members.admin.email)) ?? '';
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      api.client().send(confirmPasswordReset.method, confirmPasswordReset.path, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, newPassword: `${NEW_PASSWORD} ${index}` }),
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400, 400]);
});

test('a weak password does not use the link up', async () => {
  const token = (await askForLink(clinic.members.receptionist.email)) ?? '';
  const weak = await api.client().refused(confirmPasswordReset, confirm(token, 'aaaaaaaaaaaaaa'));
  expect(weak.code).toBe('PASSWORD_TOO_WEAK');
  await api.client().call(confirmPasswordReset, confirm(token));
});

test('a link can be looked at before it is used: that uses nothing up, and tells when it is worth nothing', async () => {
  const { email } = (await makeOrganization(api.database)).members.patient;
  const anyone = api.client();
  const used = (await askForLink(email)) ?? '';
  await anyone.call(checkPasswordReset, { body: { token: used } });
  await anyone.call(checkPasswordReset, { body: { token: used } });
  await anyone.call(confirmPasswordReset, confirm(used));
  const tooOld = (await askForLink(email)) ?? '';
  await anyone.call(checkPasswordReset, { body: { token: tooOld } });
  api.clock.advance(30 * 60_000);
  for (const token of [used, tooOld, 'nobody-was-ever-sent-this-one']) {
    expect((await anyone.refused(checkPasswordReset, { body: { token } })).code).toBe('LINK_INVALID');
  }
});

test('an unknown address is answered the same, and nothing is sent', async () => {
  expect(await askForLink('nobody@clinic.example')).toBeNull();
});

test('an inbox cannot be flooded: three links an hour, and the answer never tells', async () => {
  const { email } = (await makeOrganization(api.database)).members.patient;
  const before = api.mails.length;
  const ask = () => api.client().call(requestPasswordReset, { body: { email } });
  await Promise.all(Array.from({ length: 8 }, ask));
  await api.settled();
  expect(api.mails.slice(before).map(({ to }) => to)).toEqual([email, email, email]);
  api.clock.advance(60 * 60_000 - 1);
  expect(await askForLink(email)).toBeNull();
  api.clock.advance(1);
  expect(await askForLink(email)).not.toBeNull();
});
