import {
  buildPath,
  endpoints,
  listEndpoints,
  Problem,
  type EndpointContract,
  type RegisteredEndpoint,
} from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { createServiceTokens } from '@careconnect/platform';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { inputSchema, isNothing } from '../../features/docs/json-schema.ts';
import { makeOrganization, type Clinic } from '../a-clinic.ts';
import { makePlatformAdministrator, signInToPlatform } from '../a-platform.ts';
import { startTestApi, type TestApi } from '../test-api.ts';
import type { RawAnswer, TestClient } from '../test-client.ts';
import { arbitraryOf, hostileValue, spoiled, withEachTextEnding } from './arbitraries.ts';
import { rowCounts } from './row-counts.ts';

const RUNS = 40;
const JSON_TYPE = { 'content-type': 'application/json' };

let api: TestApi;
let clinic: Clinic;
const clients = new Map<string, TestClient>();

const everyEndpoint: RegisteredEndpoint[] = [
  ...listEndpoints(),
  ...Object.entries(internalApiEndpoints).map(([name, endpoint]) => ({
    id: `internal.${name}`,
    feature: 'internal',
    endpoint: endpoint,
  })),
];

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  for (const member of Object.values(clinic.members)) clients.set(member.role, await api.signIn(member));
  const runsPlatform = await makePlatformAdministrator(api.database);
  clients.set(runsPlatform.role, await signInToPlatform(api, runsPlatform));
  const token = await createServiceTokens(api.serviceSecret, 'signaling').tokenFor('api');
  clients.set('service', api.client({ authorization: `Bearer ${token}` }));
});
afterAll(() => api.close());

/** Somebody whom the endpoint lets in, so that it is the input that is refused. */
function allowed({ access }: EndpointContract): TestClient {
  const who = access.kind === 'roles' ? (access.roles[0] ?? '') : access.kind;
  return clients.get(who)?.copy() ?? api.client();
}

interface Address {
  readonly path: string;
  /** Whether the contract takes it. */
  readonly isValid: boolean;
}

function addressOf({ path, params, query }: EndpointContract, values: unknown, asked: unknown): Address {
  const given = fieldsOf(values);
  const filled = Object.fromEntries(
    Object.keys(params.shape).map((name) => [name, inText(given[name] ?? 'x') || '-']),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fieldsOf(asked))) search.append(name, inText(value));
  return {
    path: buildPath(path, filled) + (search.size === 0 ? '' : `?${search.toString()}`),
    isValid: params.safeParse(filled).success && query.safeParse(Object.fromEntries(search)).success,
  };
}

function pathOf(endpoint: EndpointContract, values: unknown, asked: unknown): string {
  return addressOf(endpoint, values, asked).path;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function inText(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();
}

function asJson(body: unknown): { body?: string; headers?: Record<string, string> } {
  return body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_TYPE };
}

function expectTypedRefusal(answer: RawAnswer, sent: string): void {
  const what = sent.slice(0, 300);
  expect(answer.status, what).toBeGreaterThanOrEqual(400);
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.headers.get('content-type'), what).toMatch(/^application\/problem\+json/);
  expect(Problem.parse(answer.body).status, what).toBe(answer.status);
}

async function changesNothing(act: () => Promise<void>, options?: { withAudit: boolean }): Promise<void> {
  const before = await rowCounts(api.database, options);
  await act();
  await api.settled();
  expect(await rowCounts(api.database, options)).toEqual(before);
}

describe.each(everyEndpoint)('$id', ({ endpoint }) => {
  const { method, params, query, body } = endpoint;
  const validParams = arbitraryOf(inputSchema(params));
  const validQuery = arbitraryOf(inputSchema(query));
  const validBody = isNothing(body) ? fc.constant(undefined) : arbitraryOf(inputSchema(body));
  const isWrite = method !== 'GET';
  const isSafeToGuess = !isWrite || Object.keys(params.shape).some((name) => name.endsWith('Id'));

  test.runIf(isWrite)('a spoiled body is refused by name and changes nothing', async () => {
    const bodies = isNothing(body) ? hostileValue : spoiled(validBody);
    await changesNothing(async () => {
      await fc.assert(
        fc.asyncProperty(validParams, bodies, async (values, spoiledBody) => {
          const sent = JSON.stringify(spoiledBody);
          fc.pre(!body.safeParse(JSON.parse(sent)).success);
          const answer = await allowed(endpoint).send(method, pathOf(endpoint, values, {}), {
            body: sent,
            headers: JSON_TYPE,
          });
          expectTypedRefusal(answer, sent);
        }),
        { numRuns: RUNS },
      );
    });
  });

  test('a spoiled path or query is refused by name and changes nothing', async () => {
    await changesNothing(
      async () => {
        await fc.assert(
          fc.asyncProperty(
            spoiled(validParams),
            spoiled(validQuery),
            validBody,
            async (values, asked, sent) => {
              const { path, isValid } = addressOf(endpoint, values, asked);
              // A spoiled one can be a good one by luck.
              fc.pre(!isValid);
              expectTypedRefusal(await allowed(endpoint).send(method, path, asJson(sent)), path);
            },
          ),
          { numRuns: RUNS },
        );
      },
      { withAudit: false },
    );
  });

  test.runIf(isSafeToGuess)('what fits the contract but means nothing here never ends in a 5xx', async () => {
    await changesNothing(
      async () => {
        await fc.assert(
          fc.asyncProperty(validParams, validQuery, validBody, async (values, asked, sent) => {
            const path = pathOf(endpoint, values, asked);
            const init = asJson(sent);
            const answer = await allowed(endpoint).send(method, path, init);
            expect(answer.status, `${path} ${init.body ?? ''}`).toBeLessThan(500);
          }),
          { numRuns: RUNS },
        );
      },
      { withAudit: false },
    );
  });

  test('a text with a character that cannot be stored never ends in a 5xx, however deep it lies', async () => {
    const bodies = isNothing(body) ? [] : fc.sample(arbitraryOf(inputSchema(body)), { numRuns: 5, seed: 1 });
    const [values = {}] = fc.sample(validParams, { numRuns: 1, seed: 1 });
    const path = pathOf(endpoint, values, {});
    await changesNothing(
      async () => {
        for (const ending of ['\0', '\ud800']) {
          for (const sent of bodies.flatMap((valid) => withEachTextEnding(valid, ending))) {
            const init = { body: JSON.stringify(sent), headers: JSON_TYPE };
            const answer = await allowed(endpoint).send(method, path, init);
            expect(answer.status, init.body).toBeGreaterThanOrEqual(400);
            expect(answer.status, init.body).toBeLessThan(500);
          }
        }
      },
      { withAudit: false },
    );
  });

  test('a wrong type, a torn or an oversized body is refused by name', async () => {
    const verb = isWrite ? method : 'POST';
    const path = pathOf(endpoint, {}, {});
    const send = (sent: string, headers: Record<string, string>) =>
      allowed(endpoint).send(verb, path, { body: sent, headers });
    await changesNothing(async () => {
      for (const [sent, headers] of [
        ['{"a":', JSON_TYPE],
        ['\0\0\0', JSON_TYPE],
        ['"text"', JSON_TYPE],
        ['<a/>', { 'content-type': 'application/xml' }],
        ['a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
        ['{}', { 'content-type': 'text/plain' }],
        ['{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
        [JSON.stringify({ a: 'x'.repeat(150_000) }), JSON_TYPE],
      ] as const) {
        expectTypedRefusal(await send(sent, headers), `${headers['content-type']} ${sent.slice(0, 20)}`);
      }
    });
  });
});

test('a replayed request happens once', async () => {
  const patient = clients.get('patient') as TestClient;
  const { practitionerId, patientId } = clinic;
  const startsAt = new Date(api.clock.now().getTime() + 3 * 3_600_000).toISOString();
  const booking = {
    body: { practitionerId, startsAt, idempotencyKey: '01a1faa8-1e66-74e5-a53a-d4674fa86864' },
  };
  const booked = await Promise.all(
    Array.from({ length: 6 }, () => patient.copy().call(endpoints.appointments.create, booking)),
  );
  expect(new Set(booked.map(({ id }) => id)).size).toBe(1);

  const desk = clients.get('receptionist') as TestClient;
  const opening = {
    body: { practitionerId, patientId, idempotencyKey: '01a1faa8-1e66-74e5-a53a-d4674fa86865' },
  };
  const opened = await Promise.all(
    Array.from({ length: 6 }, () => desk.copy().call(endpoints.visits.create, opening)),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  expect(await api.database.prisma.visit.count({ where: { organizationId: clinic.organizationId } })).toBe(2);
});

test('after all of it everyone is still served', async () => {
  for (const member of Object.values(clinic.members)) {
    const client = clients.get(member.role) as TestClient;
    expect((await client.call(endpoints.auth.me)).userId).toBe(member.userId);
  }
});
