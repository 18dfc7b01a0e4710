import { CLINIC_ROLES, listEndpoints, Role, type RegisteredEndpoint } from '@careconnect/contracts';
import type { TestApi } from '../test-api.ts';
import type { RawAnswer, TestClient } from '../test-client.ts';
import { ask } from './ask.ts';
import { EXPECTATIONS, type Expectation, type Statuses } from './expectations.ts';
import { runInternalMatrix } from './internal.ts';
import { OTHER_DESK, type MatrixCase, type Person } from './matrix-case.ts';
import { runOutsiders } from './outsiders.ts';
import { REQUESTS, type EndpointId } from './requests.ts';
import { signInAs } from './sign-in-as.ts';
import { makeWorld, type Relation, type Target, type World } from './world.ts';

const RELATIONS = ['own', 'colleague', 'foreign'] as const satisfies readonly Relation[];
const MEMBERS: readonly SignedIn[] = [...Role.options, OTHER_DESK];
const PEOPLE: readonly Person[] = ['anonymous', ...MEMBERS];

export interface MatrixPart {
  readonly relations?: readonly Relation[];
  readonly people?: readonly Person[];
}

/** Every endpoint, asked by everyone, about their own rows, a colleague's and another organization's, or some of these. */
export async function runMatrix(
  api: TestApi,
  { relations = RELATIONS, people: asking = PEOPLE }: MatrixPart = {},
): Promise<MatrixCase[]> {
  const world = await makeWorld(api.database);
  const people = await signInEveryone(api, world);
  const cases: MatrixCase[] = [];
  for (const registered of listEndpoints()) {
    const expectation = EXPECTATIONS[registered.id as EndpointId];
    for (const relation of relations) {
      const statuses = expectation[relation];
      if (statuses === undefined) continue;
      for (const person of asking) {
        const client = await clientFor(api, world, people, registered.id, person);
        cases.push(await runCase(client, world, { registered, expectation, statuses, relation, person }));
      }
    }
  }
  return [...cases, ...(await runInternalMatrix(api, world.clinic))];
}

/** The whole matrix: also of those who were let in once and are so no longer. */
export async function runWholeMatrix(api: TestApi): Promise<MatrixCase[]> {
  return [...(await runMatrix(api)), ...(await runOutsiders(api, await makeWorld(api.database)))];
}

interface CasePlan {
  readonly registered: RegisteredEndpoint;
  readonly expectation: Expectation;
  readonly statuses: Statuses;
  readonly relation: Relation;
  readonly person: Person;
}

type SignedIn = Exclude<Person, 'anonymous'>;

async function signInEveryone(api: TestApi, world: World): Promise<ReadonlyMap<SignedIn, TestClient>> {
  const signedIn = MEMBERS.map(async (person) => [person, await signInPerson(api, world, person)] as const);
  return new Map(await Promise.all(signedIn));
}

function signInPerson(api: TestApi, { clinic, otherDesk }: World, person: SignedIn): Promise<TestClient> {
  return person === OTHER_DESK ? api.signIn(otherDesk) : signInAs(api, clinic, person);
}

/** A copy for each case, because some change the cookies; and a session to lose where one is ended. */
async function clientFor(
  api: TestApi,
  world: World,
  people: ReadonlyMap<SignedIn, TestClient>,
  endpointId: string,
  person: Person,
): Promise<TestClient> {
  if (person === 'anonymous') return api.client();
  if (endpointId === 'auth.logout') return signInPerson(api, world, person);
  return people.get(person)?.copy() ?? api.client();
}

async function runCase(client: TestClient, world: World, plan: CasePlan): Promise<MatrixCase> {
  const { registered, statuses, relation, person } = plan;
  const { state = 'scheduled', isAsked, make } = REQUESTS[registered.id as EndpointId];
  const target = await world.freshTarget(relation, state, isAsked);
  const answer = await ask(client, registered, make(target, world.clinic));
  return {
    name: `${registered.id} as ${person} on ${relation}`,
    expected: expectedOf(plan, statuses),
    actual: answer.status,
    leaked: leakOf(answer, world, target, plan),
  };
}

function expectedOf({ expectation, relation, person }: CasePlan, statuses: Statuses): number {
  if (person === 'anonymous') return expectation.anonymous;
  if (person !== OTHER_DESK) return expectedFor(expectation, statuses, person);
  return expectation.otherDesk?.[relation] ?? expectedFor(expectation, statuses, 'receptionist');
}

export function expectedFor({ platformAdmin }: Expectation, statuses: Statuses, role: Role): number {
  if (role === 'platformAdmin') return platformAdmin ?? (typeof statuses === 'number' ? statuses : 403);
  return typeof statuses === 'number' ? statuses : (statuses[CLINIC_ROLES.indexOf(role)] ?? 0);
}

function leakOf({ body }: RawAnswer, world: World, target: Target, plan: CasePlan): string | null {
  const { expectation, relation, person } = plan;
  const text = JSON.stringify(body ?? '');
  const { hidesOwnFrom = [], hidesColleaguesFrom = [] } = expectation;
  const isHidden =
    (relation === 'own' && hidesOwnFrom.includes(person)) ||
    (relation === 'colleague' && hidesColleaguesFrom.includes(person));
  const words = [
    ...(expectation.isPublic ? [] : world.foreignWords),
    ...(isHidden ? [target.visitId, target.appointmentId, target.patientId, target.patientName] : []),
  ];
  return words.find((word) => text.includes(word)) ?? null;
}
