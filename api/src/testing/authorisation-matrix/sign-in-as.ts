import type { Role } from '@careconnect/contracts';
import type { Clinic } from '../a-clinic.ts';
import { makePlatformAdministrator, signInToPlatform } from '../a-platform.ts';
import type { TestApi } from '../test-api.ts';
import type { TestClient } from '../test-client.ts';

/** As somebody of the clinic, or as whoever runs the platform. */
export async function signInAs(api: TestApi, { members }: Clinic, role: Role): Promise<TestClient> {
  if (role !== 'platformAdmin') return api.signIn(members[role]);
  return signInToPlatform(api, await makePlatformAdministrator(api.database));
}
