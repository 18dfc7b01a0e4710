import { endpoints } from '@careconnect/contracts';
import type { BrowserContext } from 'playwright-core';

/** Someone who has an account, as the demo's people do. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Signs a browser profile in as the sign-in page does, with cookies. */
export async function signInProfile(
  { request }: BrowserContext,
  { email, password }: Credentials,
): Promise<void> {
  const answer = await request.post(endpoints.auth.login.path, { data: { email, password } });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}.`);
}
