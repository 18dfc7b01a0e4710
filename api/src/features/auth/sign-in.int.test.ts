import { randomBytes } from 'node:crypto';
import { createLogger } from '@careconnect/platform';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createAccessTokens } from '../../core/access-token.ts';
import type { AuditRow } from '../../core/audit.ts';
import { createAuditTrail, type AuditTrail } from '../../core/audit-trail.repository.ts';
import { createBackground } from '../../core/background.ts';
import { createCsrf } from '../../core/csrf.ts';
import { makeOrganization, TEST_PASSWORD } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { createAccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import { createPasswordTries } from './password-tries.ts';
import { createFinishSignIn } from './finish-sign-in.ts';
import { passwords } from './passwords.ts';
import { createRefreshTokenRepository } from './refresh-token.repository.ts';
import { createSessionRepository } from './session.repository.ts';
import { createSessionService } from './session.service.ts';
import { createSignInBackoff } from './sign-in-backoff.ts';
import { createSignInService } from './sign-in.service.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterAll(() => api.close());

interface Replaced {
  readonly matches?: (stored: string | null, password: string) => Promise<boolean>;
  readonly audit?: AuditTrail;
}

function signInsWith({ matches, audit }: Replaced) {
  const { database, clock } = api;
  const log = createLogger({ name: 'test', level: 'silent' });
  const secret = randomBytes(32).toString('base64url');
  const sessions = createSessionService({
    sessions: createSessionRepository(database),
    refreshTokens: createRefreshTokenRepository(database),
    ended: { tell: () => undefined },
    accessTokens: createAccessTokens(secret),
    csrf: createCsrf(secret),
    clock,
    log,
    secret,
  });
  const accounts = createAccountRepository(database);
  return createSignInService({
    accounts,
    tries: createPasswordTries({
      accounts,
      passwords: { ...passwords, ...(matches && { matches }) },
      backoff: createSignInBackoff(clock),
      clock,
    }),
    finish: createFinishSignIn({ secondStep: { ask: () => Promise.resolve(null) }, sessions }),
    audit: audit ?? createAuditTrail(database),
    background: createBackground(log),
    clock,
  });
}

const REQUEST = { organizationId: undefined, ip: '192.0.2.1', userAgent: 'test', requestId: 'a-request' };

test('a password that is replaced while it is looked at opens no session', async () => {
  const { prisma } = api.database;
  const { email, userId } = (await makeOrganization(api.database)).members.patient;
  const replaced = await passwords.hash('another-orchard-eight');
  const signIns = signInsWith({
    matches: async (stored, given) => {
      const isMatch = await passwords.matches(stored, given);
      await prisma.user.update({ where: { id: userId }, data: { passwordHash: replaced } });
      return isMatch;
    },
  });
  await expect(signIns.signIn({ ...REQUEST, email, password: TEST_PASSWORD })).rejects.toMatchObject({
    code: 'INVALID_CREDENTIALS',
  });
  expect(await prisma.session.count({ where: { userId } })).toBe(0);
});

test('a refusal comes before its trace is begun, which would tell that the address is known', async () => {
  const { email, userId } = (await makeOrganization(api.database)).members.patient;
  const traced: unknown[] = [];
  const append = async (row: AuditRow) => void traced.push(row);
  const signIns = signInsWith({ audit: { append } });
  await expect(signIns.signIn({ ...REQUEST, email, password: 'a guess' })).rejects.toMatchObject({
    code: 'INVALID_CREDENTIALS',
  });
  expect(traced).toEqual([]);
  await expect
    .poll(() => traced)
    .toMatchObject([{ action: 'auth.signIn', outcome: 'denied', subject: { userId } }]);
});

test('a password that too many others kept from being looked at is no failed try', async () => {
  const { email } = (await makeOrganization(api.database)).members.patient;
  let isBusy = true;
  const signIns = signInsWith({
    matches: (stored, given) =>
      isBusy ? Promise.reject(authErrors.manyAtOnce()) : passwords.matches(stored, given),
  });
  const signIn = () => signIns.signIn({ ...REQUEST, email, password: TEST_PASSWORD });
  for (let tries = 0; tries < 25; tries += 1) {
    await expect(signIn()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 3 });
  }
  isBusy = false;
  expect(await signIn()).toMatchObject({ kind: 'signedIn', me: { email } });
});
