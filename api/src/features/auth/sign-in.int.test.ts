import { randomBytes } from 'node:crypto';
import { createLogger } from '@careconnect/platform';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createAccessTokens } from '../../core/access-token.ts';
import { createCsrf } from '../../core/csrf.ts';
import { makeOrganization, TEST_PASSWORD } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { createAccountRepository } from './account.repository.ts';
import { passwords, type Passwords } from './passwords.ts';
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

function signInsWith(matches: Passwords['matches']) {
  const { database, clock } = api;
  const secret = randomBytes(32).toString('base64url');
  const sessions = createSessionService({
    sessions: createSessionRepository(database),
    refreshTokens: createRefreshTokenRepository(database),
    ended: { tell: () => undefined },
    accessTokens: createAccessTokens(secret),
    csrf: createCsrf(secret),
    clock,
    log: createLogger({ name: 'test', level: 'silent' }),
    secret,
  });
  return createSignInService({
    accounts: createAccountRepository(database),
    passwords: { ...passwords, matches },
    backoff: createSignInBackoff(clock),
    sessions,
    clock,
  });
}

test('a password that is replaced while it is looked at opens no session', async () => {
  const { prisma } = api.database;
  const { email, userId } = (await makeOrganization(api.database)).members.patient;
  const replaced = await passwords.hash('another-orchard-eight');
  const signIns = signInsWith(async (stored, given) => {
    const isMatch = await passwords.matches(stored, given);
    await prisma.user.update({ where: { id: userId }, data: { passwordHash: replaced } });
    return isMatch;
  });
  const request = { email, password: TEST_PASSWORD, organizationId: undefined, ip: '192.0.2.1' };
  const signedIn = signIns.signIn({ ...request, userAgent: 'test', requestId: 'a-request' });
  await expect(signedIn).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  expect(await prisma.session.count({ where: { userId } })).toBe(0);
});
