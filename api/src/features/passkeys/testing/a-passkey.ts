import { endpoints, type Passkey } from '@careconnect/contracts';
import type { TestClient } from '../../../testing/test-client.ts';
import { anAuthenticator, type Authenticator } from './an-authenticator.ts';

/** What `startTestApi` says people type. */
export const TEST_ORIGIN = 'https://clinic.example';

export interface AddedPasskey {
  readonly device: Authenticator;
  readonly passkey: Passkey;
}

/** Adds a passkey for whoever is signed in. */
export async function addPasskey(client: TestClient, name = 'My phone'): Promise<AddedPasskey> {
  const device = anAuthenticator(TEST_ORIGIN);
  const options = await client.call(endpoints.passkeys.beginRegistration);
  const body = { response: device.create(options), name };
  return { device, passkey: await client.call(endpoints.passkeys.finishRegistration, { body }) };
}
