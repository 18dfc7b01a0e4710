import { randomUUID } from 'node:crypto';
import { endpoints, type SessionId } from '@careconnect/contracts';
import { ENDED_SESSIONS_MAX_ASKED, internalApiEndpoints, type Push } from '@careconnect/contracts/internal';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { sessionIdOf } from './session.service.ts';

const { confirmPasswordReset, logout, refreshToken, requestPasswordReset } = endpoints.auth;

let api: TestApi;
let clinic: Clinic;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
beforeEach(async () => {
  clinic = await makeOrganization(api.database);
});
afterAll(() => api.close());

function sessionOf(client: TestClient): SessionId {
  const sessionId = sessionIdOf(client.cookies.get('cc_refresh') ?? '');
  if (!sessionId) throw new Error('nobody is signed in');
  return sessionId;
}

async function pushed(): Promise<Push[]> {
  await api.settled();
  return api.signaling.take();
}

const endOf = (sessionId: SessionId): Push => ({ type: 'session.ended', sessionId });

describe('signaling is told of a session that ends', () => {
  test('by a sign-out, with or without a live access token, and of no other', async () => {
    const [here, there] = [await api.signIn(clinic.members.doctor), await api.signIn(clinic.members.doctor)];
    const [first, second] = [sessionOf(here), sessionOf(there)];
    await here.call(logout);
    expect(await pushed()).toEqual([endOf(first)]);
    api.clock.advance(11 * 60_000);
    await there.call(logout);
    expect(await pushed()).toEqual([endOf(second)]);
  });

  test('by a refresh token that comes back', async () => {
    const client = await api.signIn(clinic.members.patient);
    const stolen = client.copy();
    const sessionId = sessionOf(client);
    await client.call(refreshToken);
    api.clock.advance(60_000);
    expect(await pushed()).toEqual([]);
    await stolen.refused(refreshToken);
    expect(await pushed()).toEqual([endOf(sessionId)]);
  });

  test('by a new password, wherever that person is signed in', async () => {
    const { patient } = clinic.members;
    const devices = [await api.signIn(patient), await api.signIn(patient)];
    const mailsBefore = api.mails.length;
    await api.client().call(requestPasswordReset, { body: { email: patient.email } });
    await api.settled();
    const token = /#token=([\w-]+)/.exec(api.mails[mailsBefore]?.text ?? '')?.[1] ?? '';
    await api.client().call(confirmPasswordReset, { body: { token, newPassword: 'seven quiet orchards' } });
    expect(new Set(await pushed())).toEqual(new Set(devices.map((device) => endOf(sessionOf(device)))));
  });
});

describe('signaling asks which sessions have been ended', () => {
  const endedOf = async (sessionIds: SessionId[]): Promise<SessionId[]> =>
    (await api.asSignaling(internalApiEndpoints.endedSessions, { body: { sessionIds } })).endedIds;

  test('those that were revoked or whose member is suspended, and no others', async () => {
    const { members } = clinic;
    const [live, signedOut, suspended] = [
      await api.signIn(members.doctor),
      await api.signIn(members.doctor),
      await api.signIn(members.pharmacist),
    ];
    const ids = [live, signedOut, suspended].map(sessionOf);
    await signedOut.call(logout);
    const where = { userId: members.pharmacist.userId };
    await api.database.prisma.membership.updateMany({ where, data: { status: 'suspended' } });
    expect(new Set(await endedOf(ids))).toEqual(new Set(ids.slice(1)));
  });

  test('one that has run out by time, or that nobody knows, is not among them', async () => {
    const sessionId = sessionOf(await api.signIn(clinic.members.doctor));
    api.clock.advance(31 * 86_400_000);
    expect(await endedOf([sessionId, randomUUID() as SessionId])).toEqual([]);
  });

  test('so many at once, and no more', async () => {
    const many = Array.from({ length: ENDED_SESSIONS_MAX_ASKED }, () => randomUUID() as SessionId);
    expect(await endedOf(many)).toEqual([]);
    await expect(endedOf([...many, randomUUID() as SessionId])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});
