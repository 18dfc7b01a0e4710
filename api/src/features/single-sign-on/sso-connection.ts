import type { SsoConnection } from '@careconnect/contracts';

/** A provider with the secret that it knows us by. */
export interface KnownClient extends Pick<SsoConnection, 'issuer' | 'clientId'> {
  readonly clientSecret: string;
}

/** As it is kept. */
export interface StoredConnection extends SsoConnection, KnownClient {
  readonly id: string;
  readonly organizationId: string;
}

/** Where people of a clinic sign in, and where its provider sends them back to: each clinic has its own address. */
export function addressesOf(publicOrigin: string, clinic: string) {
  const signInUrl = `${publicOrigin}/sign-in/${clinic}`;
  return { signInUrl, redirectUri: `${signInUrl}/callback` };
}
