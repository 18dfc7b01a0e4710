import { listEndpoints, Role, type RegisteredEndpoint } from '@careconnect/contracts';
import { EXPECTATIONS } from '../authorisation-matrix/expectations.ts';
import { REQUESTS, type EndpointId, type MatrixRequest } from '../authorisation-matrix/requests.ts';
import { expectedFor } from '../authorisation-matrix/run.ts';
import { signInAs } from '../authorisation-matrix/sign-in-as.ts';
import { makeWorld, type Target, type World } from '../authorisation-matrix/world.ts';
import type { TestApi } from '../test-api.ts';
import type { TestClient } from '../test-client.ts';

/** A request that nothing but its rows and texts could stop: whatever an attack changes is what is refused, or not. */
export interface AllowedRequest {
  readonly registered: RegisteredEndpoint;
  readonly client: TestClient;
  readonly world: World;
  /** About rows of one's own that nobody has asked about yet. */
  readonly fresh: () => Promise<MatrixRequest>;
  /** What another organization has. */
  readonly foreignTarget: () => Promise<Target>;
}

/** One for every endpoint that people may call, in two organizations of its own, by the first role that may. */
export async function* allowedRequests(api: TestApi): AsyncGenerator<AllowedRequest> {
  for (const registered of listEndpoints()) {
    const { access } = registered.endpoint;
    if (access.kind === 'service') continue;
    const { state = 'scheduled', make } = REQUESTS[registered.id as EndpointId];
    const expectation = EXPECTATIONS[registered.id as EndpointId];
    const world = await makeWorld(api.database);
    const mayCall = (role: Role) => access.kind === 'public' || access.roles.includes(role);
    const isLetIn = (role: Role) => expectedFor(expectation, expectation.own, role) < 300;
    const role = Role.options.find(isLetIn) ?? Role.options.find(mayCall) ?? 'admin';
    yield {
      registered,
      world,
      client: access.kind === 'public' ? api.client() : await signInAs(api, world.clinic, role),
      fresh: async () => make(await world.freshTarget('own', state), world.clinic),
      foreignTarget: () => world.freshTarget('foreign', state),
    };
  }
}
