import { ACTING_HEADER, CSRF_HEADER, IDLE_HEADER, endpoints, VisitId } from '@careconnect/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from './api-error.ts';
import type { ApiSession } from './api-session.ts';
import { createApiClient } from './client.ts';

const visitId = VisitId.parse('01970000-0000-7000-8000-000000000001');

const visit = {
  id: visitId,
  state: 'in_progress',
  origin: 'walk_in',
  appointmentId: null,
  reason: null,
  patient: { id: '01970000-0000-7000-8000-000000000002', name: 'Amina', birthDate: '1955-03-27' },
  practitioner: { id: '01970000-0000-7000-8000-000000000003', name: 'Dr Taliyah', specialty: 'General' },
  scheduledAt: null,
  waitingSince: null,
  startedAt: '2026-01-05T09:00:00.000Z',
  endedAt: null,
  createdAt: '2026-01-05T08:50:00.000Z',
};

function problem(status: number, code: string, extra: object = {}): Response {
  const body = {
    type: `/api/docs#error-${code}`,
    title: code,
    status,
    code,
    detail: `detail of ${code}`,
    requestId: 'r-1',
  };
  return Response.json({ ...body, ...extra }, { status });
}

/** Answers one after the other and remembers what was asked. */
function aPlatform(...answers: (Response | Error)[]) {
  const asked: { path: string; init: RequestInit }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    asked.push({ path: input instanceof Request ? input.url : input.toString(), init });
    const answer = answers.shift() ?? problem(500, 'INTERNAL');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetch, asked, headersOf: (index: number) => new Headers(asked[index]?.init.headers) };
}

function aSession(overrides: Partial<ApiSession> = {}): ApiSession {
  return {
    csrfToken: () => 'csrf-1',
    renew: async () => true,
    signInAgain: async () => false,
    confirm: async () => false,
    idleSeconds: () => 0,
    actingFor: () => null,
    ...overrides,
  };
}

describe('api client', () => {
  afterEach(() => void vi.useRealTimers());

  it('fills path and query and parses the answer', async () => {
    const platform = aPlatform(Response.json({ items: [], nextCursor: null }));
    const api = createApiClient(platform.fetch, aSession());
    const answer = await api.call(endpoints.visits.list, { query: { state: 'waiting', limit: 5 } });
    expect(answer).toEqual({ items: [], nextCursor: null });
    expect(platform.asked[0]?.path).toBe('/api/v1/consultations?state=waiting&limit=5');
    expect(platform.headersOf(0).has(CSRF_HEADER)).toBe(false);
  });

  it('names whom it acts for where an endpoint is open to that, and nowhere else', async () => {
    const platform = aPlatform(Response.json({ items: [], nextCursor: null }), Response.json(visit));
    const api = createApiClient(platform.fetch, aSession({ actingFor: () => 'a-child' }));
    await api.call(endpoints.visits.list, { query: { limit: 5 } });
    await api.call(endpoints.visits.start, { params: { visitId } });
    expect(platform.headersOf(0).get(ACTING_HEADER)).toBe('a-child');
    expect(platform.headersOf(1).has(ACTING_HEADER)).toBe(false);
  });

  it('sends the double-submit token with everything that changes something', async () => {
    const platform = aPlatform(Response.json(visit));
    await createApiClient(platform.fetch, aSession()).call(endpoints.visits.start, { params: { visitId } });
    expect(platform.asked[0]?.path).toBe(`/api/v1/consultations/${visitId}/start`);
    expect(platform.headersOf(0).get(CSRF_HEADER)).toBe('csrf-1');
  });

  it('turns a problem into a typed error', async () => {
    const issues = [{ path: 'email', message: 'is missing' }];
    const platform = aPlatform(problem(409, 'VISIT_OVER', { issues, retryAfterSeconds: 3 }));
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.visits.start, {
      params: { visitId },
    });
    const error = await call.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'VISIT_OVER',
      detail: 'detail of VISIT_OVER',
      status: 409,
      requestId: 'r-1',
      issues,
      retryAfterSeconds: 3,
    });
  });

  it('renews once after 401 and repeats the call with the new token', async () => {
    const platform = aPlatform(problem(401, 'UNAUTHENTICATED'), Response.json(visit));
    let token = 'csrf-1';
    const session = aSession({
      csrfToken: () => token,
      renew: async () => {
        token = 'csrf-2';
        return true;
      },
    });
    const api = createApiClient(platform.fetch, session);
    await expect(api.call(endpoints.visits.start, { params: { visitId } })).resolves.toMatchObject({
      id: visitId,
    });
    expect(platform.headersOf(1).get(CSRF_HEADER)).toBe('csrf-2');
  });

  it('does not repeat for ever', async () => {
    const platform = aPlatform(problem(401, 'UNAUTHENTICATED'), problem(401, 'UNAUTHENTICATED'));
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.auth.me);
    await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(platform.asked).toHaveLength(2);
  });

  it('asks to sign in again when the session is over, and goes on with the same call', async () => {
    const platform = aPlatform(problem(401, 'SESSION_EXPIRED'), Response.json(visit));
    const session = aSession({ renew: async () => false, signInAgain: async () => true });
    const call = createApiClient(platform.fetch, session).call(endpoints.visits.start, {
      params: { visitId },
    });
    await expect(call).resolves.toMatchObject({ id: visitId });
  });

  it('has what is dangerous confirmed, and goes on with the same call', async () => {
    const platform = aPlatform(problem(403, 'CONFIRMATION_NEEDED'), new Response(null, { status: 204 }));
    const session = aSession({ confirm: async () => true, idleSeconds: () => 42 });
    await createApiClient(platform.fetch, session).call(endpoints.secondFactor.removeTotp);
    expect(platform.asked).toHaveLength(2);
    expect(platform.headersOf(1).get(IDLE_HEADER)).toBe('42');
  });

  it('leaves alone what nobody confirms', async () => {
    const platform = aPlatform(problem(403, 'CONFIRMATION_NEEDED'));
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.secondFactor.removeTotp);
    await expect(call).rejects.toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    expect(platform.asked).toHaveLength(1);
  });

  it('asks nothing that only a session may ask where there is none, and goes on once somebody signs in', async () => {
    const platform = aPlatform(Response.json(visit));
    let token: string | null = null;
    let offers = false;
    const session = aSession({
      csrfToken: () => token,
      renew: () => Promise.reject(new Error('there is nothing to renew')),
      signInAgain: async () => {
        if (offers) token = 'csrf-1';
        return offers;
      },
    });
    const api = createApiClient(platform.fetch, session);
    const call = () => api.call(endpoints.visits.start, { params: { visitId } });
    await expect(call()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', needsSignIn: true });
    expect(platform.asked).toEqual([]);
    offers = true;
    await expect(call()).resolves.toMatchObject({ id: visitId });
  });

  it('leaves a wrong password at sign-in alone', async () => {
    const platform = aPlatform(problem(401, 'INVALID_CREDENTIALS'));
    const body = { email: 'a@example.org', password: 'x' };
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.auth.login, { body });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(platform.asked).toHaveLength(1);
  });

  it('knows how wrong the clock of this device is, from whatever answers', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-05T08:00:00.000Z'), toFake: ['Date'] });
    const headers = { date: 'Mon, 05 Jan 2026 09:00:00 GMT' };
    const platform = aPlatform(
      new Response('<html>bad gateway</html>', { status: 502, headers }),
      new TypeError('fetch failed'),
    );
    const api = createApiClient(platform.fetch, aSession());
    expect(api.clockLagMs).toBe(0);
    for (let round = 0; round < 2; round += 1) {
      await expect(api.call(endpoints.auth.me)).rejects.toThrow();
      expect(api.clockLagMs).toBe(3_600_000);
    }
  });

  it('says OFFLINE when nothing answered', async () => {
    const platform = aPlatform(new TypeError('fetch failed'));
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.auth.me);
    await expect(call).rejects.toMatchObject({ code: 'OFFLINE', status: 0 });
  });

  it('takes an answer that is no problem document as an unavailable platform', async () => {
    const platform = aPlatform(new Response('<html>bad gateway</html>', { status: 502 }));
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.auth.me);
    await expect(call).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 502 });
  });

  it('refuses data that the contract does not describe', async () => {
    const platform = aPlatform(Response.json({ role: 'wizard' }));
    const call = createApiClient(platform.fetch, aSession()).call(endpoints.auth.me);
    await expect(call).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});
