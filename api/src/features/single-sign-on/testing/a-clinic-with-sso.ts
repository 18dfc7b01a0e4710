import { endpoints, type SsoConnection } from '@careconnect/contracts';
import { makeOrganization, type Clinic } from '../../../testing/a-clinic.ts';
import type { TestApi } from '../../../testing/test-api.ts';
import type { TestClient } from '../../../testing/test-client.ts';
import type { TestProvider, TestProviderClient } from '../../../../../scripts/stack/test-provider.ts';

const { begin, finish, get, put } = endpoints.singleSignOn;

export const GROUPS = [
  { group: 'cardiology', role: 'doctor', specialty: 'Cardiology' },
  { group: 'front desk', role: 'receptionist' },
  { group: 'it', role: 'admin' },
] as const satisfies SsoConnection['groups'];

/** An organization whose people sign in at a provider. */
export interface ClinicWithSso extends Clinic {
  readonly slug: string;
  readonly admin: TestClient;
  readonly atProvider: TestProviderClient;
}

export async function makeClinicWithSso(
  api: TestApi,
  provider: TestProvider,
  joining: SsoConnection['joining'] = 'anyone',
): Promise<ClinicWithSso> {
  const clinic = await makeOrganization(api.database);
  const admin = await api.signIn(clinic.members.admin);
  const { redirectUri, signInUrl } = await admin.call(get);
  const atProvider = provider.register(redirectUri);
  const { issuer } = provider;
  await admin.call(put, {
    body: { issuer, ...atProvider, groupsClaim: 'groups', joining, groups: [...GROUPS] },
  });
  return { ...clinic, slug: signInUrl.split('/').at(-1) ?? '', admin, atProvider };
}

/** What a page does, up to where the provider sends it back. */
export async function comeBack(
  browser: TestClient,
  clinic: string,
  provider: TestProvider,
  change: (url: URL) => void = () => undefined,
): Promise<string> {
  const { authorizationUrl } = await browser.call(begin, { params: { clinic }, body: {} });
  const url = new URL(authorizationUrl);
  change(url);
  return provider.visit(url.href);
}

/** The whole of it, for somebody who is let in. */
export async function signInAt(
  browser: TestClient,
  clinic: string,
  provider: TestProvider,
): Promise<Extract<Awaited<ReturnType<typeof finishWith>>, { kind: 'signedIn' }>['me']> {
  const answer = await finishWith(browser, clinic, await comeBack(browser, clinic, provider));
  if (answer.kind !== 'signedIn') throw new Error('a second factor is asked for');
  return answer.me;
}

export function finishWith(browser: TestClient, clinic: string, callback: string) {
  return browser.call(finish, { params: { clinic }, body: { callback } });
}

/** The code of what somebody who is not let in is shown. */
export async function refusalOf(browser: TestClient, clinic: string, callback: string): Promise<string> {
  return (await browser.refused(finish, { params: { clinic }, body: { callback } })).code;
}
