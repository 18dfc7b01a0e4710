import { randomUUID } from 'node:crypto';
import { buildPath, Role } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { createServiceTokens } from '@careconnect/platform';
import type { Clinic } from '../a-clinic.ts';
import type { TestApi } from '../test-api.ts';
import type { TestClient } from '../test-client.ts';
import { signInAs } from './sign-in-as.ts';
import type { MatrixCase } from './matrix-case.ts';

/** The paths of our own processes are closed to everyone else, whatever they are signed in as. */
export async function runInternalMatrix(api: TestApi, clinic: Clinic): Promise<MatrixCase[]> {
  const wrongAudience = await createServiceTokens(api.serviceSecret, 'signaling').tokenFor('sfu');
  const wrongSecret = await createServiceTokens('x'.repeat(43), 'signaling').tokenFor('api');
  const callers: [string, TestClient][] = [
    ['anonymous', api.client()],
    ['a token for another process', api.client({ authorization: `Bearer ${wrongAudience}` })],
    ['a token of another secret', api.client({ authorization: `Bearer ${wrongSecret}` })],
  ];
  for (const role of Role.options) callers.push([role, await signInAs(api, clinic, role)]);
  const ids = Object.fromEntries(
    ['visitId', 'seatId', 'organizationId', 'practitionerId'].map((name) => [name, randomUUID()]),
  );
  const cases: MatrixCase[] = [];
  for (const [name, { method, path }] of Object.entries(internalApiEndpoints)) {
    for (const [caller, client] of callers) {
      const { status } = await client.send(method, buildPath(path, ids));
      cases.push({ name: `internal.${name} as ${caller}`, expected: 401, actual: status, leaked: null });
    }
  }
  return cases;
}
