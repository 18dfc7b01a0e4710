import { randomUUID } from 'node:crypto';
import { endpoints, type EndpointContract } from '@careconnect/contracts';
import { makeOrganization, testPasswordHash } from '../a-clinic.ts';
import type { TestApi } from '../test-api.ts';
import type { Attack } from './attack.ts';
import { createStopwatch } from './stopwatch.ts';

const PEOPLE = 200;
/** Of a normal distribution: one run in a thousand of a server that tells nothing would say that it tells. */
const CERTAIN = 3.3;
/** Less is nothing that anybody could see through a network: its own delays differ by a hundred times as much. */
const VISIBLE_MS = 0.1;

interface Question {
  readonly what: string;
  readonly endpoint: EndpointContract;
  readonly body: (email: string) => object;
}

const QUESTIONS: readonly Question[] = [
  {
    what: 'signing in with a wrong password',
    endpoint: endpoints.auth.login,
    body: (email) => ({ email, password: 'not the password' }),
  },
  {
    what: 'asking for a new password',
    endpoint: endpoints.auth.requestPasswordReset,
    body: (email) => ({ email }),
  },
  {
    what: 'asking for an account',
    endpoint: endpoints.registrations.request,
    body: (email) => ({ clinic: 'no-such-clinic', email }),
  },
];

/**
 * Who has an account, by how long an answer takes: asked in any order about people who have one and who have not, and compared
 * by ranks (Mann and Whitney 1947), which no single slow answer moves. For a machine that does nothing else.
 */
export const unknownPeople: Attack = {
  name: 'who has an account, by the time that an answer takes',
  async run(api) {
    const known = await makePeople(api);
    const leaked: string[] = [];
    for (const question of QUESTIONS) {
      const { has, hasNot } = await timeBoth(api, question, known);
      const [one, other] = [median(has), median(hasNot)];
      const score = standardScore(has, hasNot);
      const isSeen = Math.abs(score) > CERTAIN && Math.abs(one - other) > VISIBLE_MS;
      const figures = `${one.toFixed(2)} ms beside ${other.toFixed(2)} ms, z ${score.toFixed(1)}`;
      if (isSeen) leaked.push(`${question.what}: ${figures}`);
    }
    return { tried: 2 * PEOPLE * QUESTIONS.length, leaked };
  },
};

/** One each, for whoever is asked about again and again is answered more slowly. */
async function makePeople({ database: { prisma } }: TestApi): Promise<string[]> {
  const { organizationId } = await makeOrganization({ prisma });
  const passwordHash = await testPasswordHash();
  const emails = Array.from({ length: PEOPLE }, anyEmail);
  for (const email of emails) {
    const memberships = { create: { organizationId, role: 'receptionist' as const } };
    await prisma.user.create({ data: { name: 'A Person', email, passwordHash, memberships } });
  }
  return emails;
}

async function timeBoth(
  api: TestApi,
  { endpoint, body }: Question,
  known: readonly string[],
): Promise<{ has: number[]; hasNot: number[] }> {
  const [has, hasNot]: [number[], number[]] = [[], []];
  const url = new URL(endpoint.path, api.url).href;
  const stopwatch = createStopwatch();
  const asked = known.flatMap((email): [number[], string][] => [
    [has, email],
    [hasNot, anyEmail()],
  ]);
  for (const [times, email] of shuffled(asked)) {
    times.push(await stopwatch.time({ url, body: JSON.stringify(body(email)) }));
    await api.settled();
  }
  await stopwatch.stop();
  return { has, hasNot };
}

/** What an answer leaves warm or cold helps or hinders the next one, so both kinds must come after both as often. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

function anyEmail(): string {
  return `person-${randomUUID()}@clinic.example`;
}

/** How far apart two samples are by their ranks, in standard deviations of samples that are of one kind. */
function standardScore(ones: readonly number[], others: readonly number[]): number {
  const wins = ones.flatMap((one) => others.map((other) => (Math.sign(one - other) + 1) / 2));
  const expected = wins.length / 2;
  const deviation = Math.sqrt((wins.length * (ones.length + others.length + 1)) / 12);
  return (wins.reduce((sum, win) => sum + win, 0) - expected) / deviation;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
