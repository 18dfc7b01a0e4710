import { buildPath, endpoints, type EndpointContract, type EndpointResponse } from '@careconnect/contracts';
import type { z } from 'zod';

export interface ApiCall<E extends EndpointContract> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.input<E['body']>;
}

/** Calls the REST interface as an integrator would, with a bearer token. */
export interface ApiClient {
  readonly accessToken: string;
  call<E extends EndpointContract>(endpoint: E, call?: ApiCall<E>): Promise<EndpointResponse<E>>;
}

export async function signIn(
  origin: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<ApiClient> {
  const answer = await request(origin, null, endpoints.auth.login, {
    body: { email, password, tokenDelivery: 'body' },
  });
  if (answer.kind !== 'signedIn' || !answer.tokens) throw new Error('Signing in gave no tokens.');
  const { accessToken } = answer.tokens;
  return { accessToken, call: (endpoint, call) => request(origin, accessToken, endpoint, call) };
}

async function request<E extends EndpointContract>(
  origin: string,
  accessToken: string | null,
  endpoint: E,
  { params = {}, query = {}, body }: ApiCall<E> = {},
): Promise<EndpointResponse<E>> {
  const url = new URL(buildPath(endpoint.path, params), origin);
  url.search = new URLSearchParams(query).toString();
  const response = await fetch(url, {
    method: endpoint.method,
    headers: {
      ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(
      `${endpoint.method} ${url.pathname} answered ${response.status}: ${await response.text()}`,
    );
  return endpoint.response.parse(await response.json()) as EndpointResponse<E>;
}
