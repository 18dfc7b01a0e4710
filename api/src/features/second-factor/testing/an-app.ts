import { endpoints } from '@careconnect/contracts';
import { generateSync } from 'otplib';
import type { TestApi } from '../../../testing/test-api.ts';
import type { TestClient } from '../../../testing/test-client.ts';

/** Somebody's authenticator app. */
export interface App {
  /** What it shows now. */
  code(): string;
  readonly recoveryCodes: readonly string[];
}

/** Sets an app up for whoever is signed in, and lets the step of its first code pass. */
export async function setUpApp(api: TestApi, client: TestClient): Promise<App> {
  const { secret } = await client.call(endpoints.secondFactor.beginTotp);
  const code = () => generateSync({ secret, epoch: Math.floor(api.clock.now().getTime() / 1000) });
  const body = { code: code() };
  const { recoveryCodes } = await client.call(endpoints.secondFactor.confirmTotp, { body });
  api.clock.advance(30_000);
  return { code, recoveryCodes };
}
