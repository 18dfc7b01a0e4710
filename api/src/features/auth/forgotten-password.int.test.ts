import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints } from '@careconnect/contracts';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createMailer, type Mailer } from '../../core/mailer.ts';
import { makeOrganization, TEST_PASSWORD } from '../../testing/a-clinic.ts';
import { readMail, type ReceivedMail } from '../../../../scripts/lib/read-mail.ts';
import { startRecordingRelay } from '../../testing/recording-relay.ts';
import { startTestApi } from '../../testing/test-api.ts';

const { confirmPasswordReset, login, me, refreshToken, requestPasswordReset } = endpoints.auth;
const FROM = 'Rahma Clinic <no-reply@rahma.example>';
const NEW_PASSWORD = 'seven quiet orchards';

/** The ways a mail leaves us, each with what arrives at its end. */
const WAYS = {
  'the mail server': async () => {
    const relay = await startRecordingRelay();
    onTestFinished(() => relay.close());
    const mailer = createMailer({ from: FROM, smtpUrl: relay.url, directory: '/nowhere' });
    return { mailer, arrived: async () => [...relay.mails] };
  },
  'a folder, while there is no mail server': async () => {
    const directory = await mkdtemp(join(tmpdir(), 'careconnect-mail-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const mailer = createMailer({ from: FROM, smtpUrl: null, directory });
    const read = async (name: string) => readMail(await readFile(join(directory, name), 'utf8'));
    return { mailer, arrived: async () => Promise.all((await readdir(directory)).map(read)) };
  },
} satisfies Record<string, () => Promise<{ mailer: Mailer; arrived: () => Promise<ReceivedMail[]> }>>;

test.each(Object.entries(WAYS))('who forgot their password gets back in by way of %s', async (_way, open) => {
  const { mailer, arrived } = await open();
  const api = await startTestApi({ postgresUrl: inject('postgresUrl'), mailer });
  onTestFinished(() => api.close());
  const { patient } = (await makeOrganization(api.database)).members;
  const devices = [await api.signIn(patient), await api.signIn(patient)];

  await api.client().call(requestPasswordReset, { body: { email: patient.email } });
  await api.settled();
  const [mail, ...more] = await arrived();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ from: FROM, to: patient.email, subject: 'Set a new password' });
  const link = /https:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  expect(mail?.html).toContain(`href="${link}"`);
  const { origin, pathname, search, hash } = new URL(link);
  expect({ origin, pathname, search }).toEqual({
    origin: 'https://clinic.example',
    pathname: '/reset-password',
    search: '',
  });

  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  await api.client().call(confirmPasswordReset, { body: { token, newPassword: NEW_PASSWORD } });
  for (const device of devices) {
    expect((await device.refused(me)).code).toBe('SESSION_EXPIRED');
    expect((await device.refused(refreshToken)).code).toBe('SESSION_EXPIRED');
  }
  const old = { email: patient.email, password: TEST_PASSWORD };
  expect((await api.client().refused(login, { body: old })).code).toBe('INVALID_CREDENTIALS');
  const back = await api.signIn(patient, NEW_PASSWORD);
  expect((await back.call(me)).email).toBe(patient.email);
});
