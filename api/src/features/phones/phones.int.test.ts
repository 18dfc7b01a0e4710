import { randomInt } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startFakeSmsGateway, type FakeSmsGateway } from '../../testing/fake-sms-gateway.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { provePhone } from './testing/a-phone.ts';

const { begin, confirm, get, remove } = endpoints.phones;

let api: TestApi;
let sms: FakeSmsGateway;
let clinic: Clinic;

beforeAll(async () => {
  sms = await startFakeSmsGateway();
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), sms: sms.gateway });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(async () => {
  await api.close();
  await sms.close();
});

const newNumber = () => `+92300${randomInt(1_000_000, 9_999_999)}`;
const another = (code: string) => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;

test('a phone becomes somebody’s by the code that it was sent, is encrypted, and is on record', async () => {
  const { patient } = clinic.members;
  const client = await api.signIn(patient);
  expect(await client.call(get)).toEqual({ isOffered: true, phone: null });
  const phone = newNumber();
  const asked = await client.call(begin, { body: { phone: `0${phone.slice(3)}`, language: 'ur' } });
  expect(asked.sentTo.replaceAll(' ', '')).toBe(phone);
  await api.settled();
  expect(sms.taken.at(-1)).toMatchObject({ to: phone, validForSeconds: 600 });
  expect(sms.taken.at(-1)?.text).toContain('کسی کو نہ بتائیں');
  const code = sms.codeTo(phone);
  const wrong = await client.refused(confirm, { body: { code: another(code), language: 'en' } });
  expect(wrong.code).toBe('CODE_WRONG');
  await client.call(confirm, { body: { code, language: 'en' } });
  expect((await client.refused(confirm, { body: { code, language: 'en' } })).code).toBe('CODE_WRONG');
  expect((await client.call(get)).phone?.replaceAll(' ', '')).toBe(phone);
  const stored = await api.database.prisma.user.findFirstOrThrow({ where: { id: patient.userId } });
  expect(stored.phone).toMatch(/^e1\./);
  expect(JSON.stringify(stored)).not.toContain(phone.slice(3));
  const done = { action: 'auth.changePhone' as const, actorUserId: patient.userId };
  expect(await api.database.prisma.auditEvent.count({ where: done })).toBe(1);
  await api.settled();
  expect(api.mails.at(-1)?.subject).toBe('Your account has another phone number');
});

test('the phone before is told of the new one', async () => {
  const client = await api.signIn(clinic.members.patient);
  const [first, second] = [newNumber(), newNumber()];
  await provePhone(api, sms, client, first);
  await provePhone(api, sms, client, second);
  await api.settled();
  expect(sms.taken.at(-1)).toMatchObject({ to: first });
  expect(sms.taken.at(-1)?.text).toContain('has another phone now');
});

test('a number is one account’s; that it is another’s learns only whoever reads its messages', async () => {
  const [one, other] = [await api.signIn(clinic.members.patient), await api.signIn(clinic.members.doctor)];
  const phone = newNumber();
  await provePhone(api, sms, one, phone);
  await other.call(begin, { body: { phone, language: 'en' } });
  await api.settled();
  const body = { code: sms.codeTo(phone), language: 'en' } as const;
  expect((await other.refused(confirm, { body })).code).toBe('PHONE_TAKEN');
  await one.call(remove);
  expect((await one.call(get)).phone).toBeNull();
  await provePhone(api, sms, other, phone);
});

test('a code is good in the session that asked for it alone, and for nothing but the number', async () => {
  const { patient } = clinic.members;
  const [here, there] = [await api.signIn(patient), await api.signIn(patient)];
  const phone = newNumber();
  await here.call(begin, { body: { phone, language: 'en' } });
  await api.settled();
  const code = sms.codeTo(phone);
  expect((await there.refused(confirm, { body: { code, language: 'en' } })).code).toBe('CODE_WRONG');
  const asFactor = { params: { channel: 'sms' as const }, body: { code } };
  expect((await here.refused(endpoints.sentCodes.turnOn, asFactor)).code).toBe('CODE_WRONG');
  await here.call(confirm, { body: { code, language: 'en' } });
});

test.each([
  ['+1 876 210 1234', 'PHONE_NOT_SERVED'],
  ['+92 51 1234567', 'PHONE_INVALID'],
  ['1234', 'PHONE_INVALID'],
])('nothing is sent to %s', async (phone, code) => {
  const client = await api.signIn(clinic.members.patient);
  const before = sms.asked();
  expect((await client.refused(begin, { body: { phone, language: 'en' } })).code).toBe(code);
  await api.settled();
  expect(sms.asked()).toBe(before);
});
