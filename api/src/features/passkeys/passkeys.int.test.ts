import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { setUpApp } from '../second-factor/testing/an-app.ts';
import { addPasskey, TEST_ORIGIN } from './testing/a-passkey.ts';
import { anAuthenticator, type Wrongs } from './testing/an-authenticator.ts';

const { beginRegistration, finishRegistration, list, rename, remove } = endpoints.passkeys;
const { me } = endpoints.auth;
const { get, removeTotp, renewRecoveryCodes } = endpoints.secondFactor;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

describe('adding a passkey', () => {
  test('stores its key and tells its owner and the trail', async () => {
    const { patient } = clinic.members;
    const client = await api.signIn(patient);
    const { passkey } = await addPasskey(client, '  Amina’s phone ');
    expect(passkey).toMatchObject({ name: 'Amina’s phone', lastUsedAt: null, isBackedUp: false });
    expect(await client.call(list)).toEqual({ isOffered: true, passkeys: [passkey] });
    await api.settled();
    expect(api.mails.at(-1)).toMatchObject({
      to: patient.email,
      subject: 'A passkey was added to your account',
    });
    expect(
      await api.database.prisma.auditEvent.findFirst({
        where: { action: 'auth.addPasskey', entityId: passkey.id },
      }),
    ).toMatchObject({ actorUserId: patient.userId, entityType: 'passkey' });
  });

  test('asks the device for a key that stands alone, and not for a second one', async () => {
    const client = await api.signIn(clinic.members.patient);
    const { device } = await addPasskey(client);
    const options = await client.call(beginRegistration);
    expect(options).toMatchObject({
      rp: { id: 'clinic.example' },
      excludeCredentials: [{ id: device.credentialId, transports: ['internal'] }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  });

  test.each<[string, Wrongs]>([
    ['of another origin', { origin: 'https://clinic.example.evil.test' }],
    ['for another domain', { rpId: 'evil.test' }],
    ['that nobody was verified for', { isUserVerified: false }],
    ['for a challenge that was never given', { challenge: 'AAAA' }],
  ])('refuses one %s', async (_what, wrongs) => {
    const client = await api.signIn(clinic.members.patient);
    const response = anAuthenticator(TEST_ORIGIN).create(await client.call(beginRegistration), wrongs);
    const refused = await client.refused(finishRegistration, { body: { response, name: 'Mine' } });
    expect(refused.code).toBe('PASSKEY_REFUSED');
    expect((await client.call(list)).passkeys).toEqual([]);
  });

  test('takes a challenge once, for five minutes, and in the session that it was made for', async () => {
    const { patient, doctor } = clinic.members;
    const [client, elsewhere] = [await api.signIn(patient), await api.signIn(doctor)];
    const device = anAuthenticator(TEST_ORIGIN);
    const body = { response: device.create(await client.call(beginRegistration)), name: 'Mine' };
    expect((await elsewhere.refused(finishRegistration, { body })).code).toBe('PASSKEY_REFUSED');
    await client.call(finishRegistration, { body });
    expect((await client.refused(finishRegistration, { body })).code).toBe('PASSKEY_REFUSED');
    const late = { response: anAuthenticator(TEST_ORIGIN).create(await client.call(beginRegistration)) };
    api.clock.advance(5 * 60_000);
    expect((await client.refused(finishRegistration, { body: { ...late, name: 'Late' } })).code).toBe(
      'PASSKEY_REFUSED',
    );
  });

  test('refuses one that anybody has already', async () => {
    const { patient, doctor } = clinic.members;
    const { device } = await addPasskey(await api.signIn(patient));
    const client = await api.signIn(doctor);
    const same = anAuthenticator(TEST_ORIGIN, Buffer.from(device.credentialId, 'base64url'));
    const body = { response: same.create(await client.call(beginRegistration)), name: 'Mine' };
    expect((await client.refused(finishRegistration, { body })).code).toBe('PASSKEY_KNOWN');
  });

  test('ends at twenty, also for one that was begun before', async () => {
    const { patient } = clinic.members;
    const client = await api.signIn(patient);
    const options = await client.call(beginRegistration);
    await api.database.prisma.passkey.createMany({
      data: Array.from({ length: 20 }, (_, index) => ({
        userId: patient.userId,
        credentialId: Buffer.from(`${patient.userId} ${index}`),
        publicKey: Buffer.of(1),
        signCount: 0,
        transports: [],
        deviceType: 'singleDevice',
        isBackedUp: false,
        name: `Passkey ${index}`,
      })),
    });
    expect((await client.refused(beginRegistration)).code).toBe('PASSKEYS_FULL');
    const body = { response: anAuthenticator(TEST_ORIGIN).create(options), name: 'One more' };
    expect((await client.refused(finishRegistration, { body })).code).toBe('PASSKEYS_FULL');
  });

  test('asks again who somebody is, ten minutes after they have proved it', async () => {
    const client = await api.signIn(clinic.members.patient);
    api.clock.advance(11 * 60_000);
    await client.call(endpoints.auth.refreshToken);
    expect((await client.refused(beginRegistration)).code).toBe('CONFIRMATION_NEEDED');
  });
});

describe('one’s own passkeys', () => {
  test('are renamed and removed by their owner alone', async () => {
    const { patient, doctor } = clinic.members;
    const client = await api.signIn(patient);
    const { passkey } = await addPasskey(client);
    const another = await api.signIn(doctor);
    const theirs = { params: { passkeyId: passkey.id } };
    expect((await another.refused(rename, { ...theirs, body: { name: 'Stolen' } })).code).toBe('NOT_FOUND');
    await another.call(remove, theirs);
    const renamed = await client.call(rename, { ...theirs, body: { name: 'Old phone' } });
    expect((await client.call(list)).passkeys).toEqual([renamed]);
    await client.call(remove, theirs);
    expect((await client.call(list)).passkeys).toEqual([]);
    await api.settled();
    expect(api.mails.at(-1)?.subject).toBe('A passkey was removed from your account');
    const where = { action: 'auth.removePasskey', entityId: passkey.id };
    expect(await api.database.prisma.auditEvent.count({ where })).toBe(1);
  });

  test('may have codes on paper, which go with the last factor', async () => {
    const client = await api.signIn(clinic.members.patient);
    expect((await client.refused(renewRecoveryCodes)).code).toBe('SECOND_FACTOR_NOT_BEGUN');
    const { passkey } = await addPasskey(client);
    expect((await client.call(renewRecoveryCodes)).recoveryCodes).toHaveLength(10);
    expect(await client.call(get)).toMatchObject({ totp: null, passkeys: 1, recoveryCodesLeft: 10 });
    await client.call(remove, { params: { passkeyId: passkey.id } });
    expect(await client.call(get)).toMatchObject({ passkeys: 0, recoveryCodesLeft: 0 });
  });
});

describe('an organization that asks its staff for a second factor', () => {
  beforeEach(() =>
    api.database.prisma.organization.update({
      where: { id: clinic.organizationId },
      data: { staffSecondFactor: 'required' },
    }),
  );

  test('is content with a passkey, at once', async () => {
    const client = await api.signIn(clinic.members.pharmacist);
    expect((await client.refused(endpoints.providers.list)).code).toBe('SECOND_FACTOR_NEEDED');
    await addPasskey(client);
    expect((await client.call(me)).mustSetUpSecondFactor).toBe(false);
    await client.call(endpoints.providers.list);
  });

  test('keeps the last of passkeys and app, whichever it is', async () => {
    const client = await api.signIn(clinic.members.pharmacist);
    const { passkey } = await addPasskey(client);
    const theirs = { params: { passkeyId: passkey.id } };
    expect((await client.refused(remove, theirs)).code).toBe('SECOND_FACTOR_KEPT');
    await setUpApp(api, client);
    await client.call(removeTotp);
    await setUpApp(api, client);
    await client.call(remove, theirs);
    expect((await client.refused(removeTotp)).code).toBe('SECOND_FACTOR_KEPT');
  });

  test('keeps one of two that are removed at the same moment', async () => {
    const client = await api.signIn(clinic.members.pharmacist);
    const both = [await addPasskey(client, 'One'), await addPasskey(client, 'Two')];
    await Promise.allSettled(
      both.map(({ passkey }) => client.call(remove, { params: { passkeyId: passkey.id } })),
    );
    expect((await client.call(list)).passkeys).toHaveLength(1);
  });
});
