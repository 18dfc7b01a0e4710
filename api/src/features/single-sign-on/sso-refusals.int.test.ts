import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import {
  comeBack,
  finishWith,
  makeClinicWithSso,
  refusalOf,
  type ClinicWithSso,
} from './testing/a-clinic-with-sso.ts';
import { startTestProvider, type TestProvider } from '../../../../scripts/stack/test-provider.ts';

const { begin } = endpoints.singleSignOn;
const TEN_MINUTES_MS = 10 * 60_000;

let api: TestApi;
let own: TestProvider;
let foreign: TestProvider;
let clinic: ClinicWithSso;
let otherClinic: ClinicWithSso;

const somebody = { sub: randomUUID(), name: 'Dr Nadia Rahim', groups: ['cardiology'] };
const changed = (callback: string, change: (query: URLSearchParams) => void) => {
  const query = new URLSearchParams(callback);
  change(query);
  return query.toString();
};

beforeAll(async () => {
  [own, foreign] = await Promise.all([startTestProvider(), startTestProvider()]);
  const outboundAllowed = [own.host, foreign.host];
  api = await startTestApi({ postgresUrl: inject('postgresUrl'), outboundAllowed });
  [clinic, otherClinic] = await Promise.all([makeClinicWithSso(api, own), makeClinicWithSso(api, foreign)]);
});
beforeEach(() => {
  own.signsIn(somebody);
  foreign.signsIn(somebody);
});
afterAll(async () => {
  await api.close();
  await Promise.all([own.close(), foreign.close()]);
});

async function whyIn(organizationId: string): Promise<unknown> {
  await api.settled();
  const row = await api.database.prisma.auditEvent.findFirst({
    where: { organizationId, action: 'auth.signIn', outcome: 'denied' },
    orderBy: { id: 'desc' },
  });
  return row?.detail;
}

describe('what a browser brings back', () => {
  test('works once', async () => {
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, own);
    const again = browser.copy();
    await finishWith(browser, clinic.slug, callback);
    expect(await refusalOf(again, clinic.slug, callback)).toBe('SSO_EXPIRED');
    expect(await whyIn(clinic.organizationId)).toEqual({ over: 'sso', code: 'SSO_EXPIRED', why: 'replayed' });
  });

  test('opens one session when it comes twice at the same moment', async () => {
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, own);
    const sessions = () =>
      api.database.prisma.session.count({
        where: { organizationId: clinic.organizationId, methods: { has: 'sso' } },
      });
    const before = await sessions();
    const tries = [browser, browser.copy()].map((tab) => finishWith(tab, clinic.slug, callback));
    expect((await Promise.allSettled(tries)).map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(await sessions()).toBe(before + 1);
  });

  test('works for ten minutes', async () => {
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, own);
    api.clock.advance(TEN_MINUTES_MS);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_EXPIRED');
    expect(await whyIn(clinic.organizationId)).toMatchObject({ why: 'tooLate' });
  });

  test('works in the browser that began it, and is not used up by another', async () => {
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, own);
    for (const stranger of [api.client(), api.client()]) {
      await stranger.call(begin, { params: { clinic: clinic.slug }, body: {} });
      expect(await refusalOf(stranger, clinic.slug, callback)).toBe('SSO_EXPIRED');
    }
    expect(await refusalOf(api.client(), clinic.slug, callback)).toBe('SSO_EXPIRED');
    expect(await whyIn(clinic.organizationId)).toMatchObject({ why: 'otherBrowser' });
    expect((await finishWith(browser, clinic.slug, callback)).kind).toBe('signedIn');
  });

  test.each([
    ['a forged state', (query: URLSearchParams) => query.set('state', 'a'.repeat(43))],
    ['no state', (query: URLSearchParams) => query.delete('state')],
  ])('with %s is none that anybody has begun', async (_name, change) => {
    const browser = api.client();
    const callback = changed(await comeBack(browser, clinic.slug, own), change);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_EXPIRED');
  });

  test.each([
    ['another code', (query: URLSearchParams) => query.set('code', 'a'.repeat(43))],
    ['two codes', (query: URLSearchParams) => query.append('code', 'another')],
    ['another issuer', (query: URLSearchParams) => query.set('iss', 'https://elsewhere.example')],
    ['no issuer', (query: URLSearchParams) => query.delete('iss')],
  ])('with %s is refused', async (_name, change) => {
    const browser = api.client();
    const callback = changed(await comeBack(browser, clinic.slug, own), change);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_REFUSED');
    expect(browser.cookies.has('cc_access')).toBe(false);
  });

  test.each([
    ['nonce', 'SSO_REFUSED'],
    ['code_challenge', 'SSO_REFUSED'],
  ])('after somebody has put another %s on the way is refused', async (name, code) => {
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, own, ({ searchParams }) =>
      searchParams.set(name, 'b'.repeat(43)),
    );
    expect(await refusalOf(browser, clinic.slug, callback)).toBe(code);
  });

  test('says that the person was not let in', async () => {
    own.signsIn(somebody, { isDenied: true });
    const browser = api.client();
    const callback = await comeBack(browser, clinic.slug, own);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_DENIED');
  });
});

describe('of another provider or client', () => {
  test('a code that the provider of another clinic gave opens nothing', async () => {
    const browser = api.client();
    const there = new URLSearchParams(await comeBack(api.client(), otherClinic.slug, foreign));
    const callback = changed(await comeBack(browser, clinic.slug, own), (query) =>
      query.set('code', there.get('code') ?? ''),
    );
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_REFUSED');
  });

  test('a code that another client of the same provider was given opens nothing', async () => {
    const neighbour = await makeClinicWithSso(api, own);
    const there = new URLSearchParams(await comeBack(api.client(), neighbour.slug, own));
    const browser = api.client();
    const callback = changed(await comeBack(browser, clinic.slug, own), (query) =>
      query.set('code', there.get('code') ?? ''),
    );
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_REFUSED');
  });

  test('a sign-in that was begun at one clinic is not finished at another', async () => {
    const browser = api.client();
    const callback = await comeBack(browser, otherClinic.slug, foreign);
    expect(await refusalOf(browser, clinic.slug, callback)).toBe('SSO_EXPIRED');
    expect(await whyIn(clinic.organizationId)).toMatchObject({ why: 'otherConnection' });
    expect((await finishWith(browser, otherClinic.slug, callback)).kind).toBe('signedIn');
  });

  test('the same person of two providers, or of one for two clinics, is one person for each clinic', async () => {
    const neighbour = await makeClinicWithSso(api, own);
    const people = [];
    for (const [slug, provider] of [
      [clinic.slug, own],
      [otherClinic.slug, foreign],
      [neighbour.slug, own],
    ] as const) {
      const browser = api.client();
      const answer = await finishWith(browser, slug, await comeBack(browser, slug, provider));
      if (answer.kind === 'signedIn') people.push(answer.me);
    }
    expect(new Set(people.map(({ userId }) => userId)).size).toBe(3);
    expect(people.map(({ singleSignOn }) => singleSignOn?.clinic)).toEqual([
      clinic.slug,
      otherClinic.slug,
      neighbour.slug,
    ]);
  });
});

test('a provider that is away is told apart from one that refuses', async () => {
  const short = await startTestProvider();
  const node = await startTestApi({
    postgresUrl: inject('postgresUrl'),
    beside: api,
    outboundAllowed: [short.host],
  });
  const there = await makeClinicWithSso(node, short);
  short.signsIn(somebody);
  const browser = node.client();
  const callback = await comeBack(browser, there.slug, short);
  await short.close();
  expect(await refusalOf(browser, there.slug, callback)).toBe('SSO_UNAVAILABLE');
  await node.close();
});
