import { generateKeyPair, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import Provider, { type JWK } from 'oidc-provider';
import { freePort } from './free-port.ts';
import { createProviderStore } from './test-provider-store.ts';

/** Somebody whom a provider knows. */
export interface TestPerson {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[] | string;
}

/** How they sign in there. */
export interface TestLogin {
  readonly amr?: string[];
  /** Seconds since 1970; now unless told. */
  readonly at?: number;
  readonly isDenied?: boolean;
}

export interface TestProviderClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A whole OpenID provider on a port of its own, at which the person whom a test names signs in at once. */
export interface TestProvider {
  readonly issuer: string;
  /** `host:port`, as an operator opens it. */
  readonly host: string;
  /** Whoever signs in next. */
  signsIn(person: TestPerson, login?: TestLogin): void;
  /** Knows this client from now on, beside the others. */
  register(redirectUri: string): TestProviderClient;
  /** A browser's way through it; answers with the query that it brings back. */
  visit(authorizationUrl: string): Promise<string>;
  /** Answers no more. */
  close(): Promise<void>;
}

const INTERACTION = '/interaction/';
const MAX_STEPS = 10;

export async function startTestProvider(port?: number): Promise<TestProvider> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' } as JWK;
  const server = createServer((request, response) => void answer(request, response));
  const host = `127.0.0.1:${port ?? (await freePort())}`;
  server.listen(Number(host.split(':')[1]), '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://${host}`;
  const store = createProviderStore();
  let signingIn: { person: TestPerson; login: TestLogin } = { person: { sub: 'nobody' }, login: {} };
  const provider: Provider = new Provider(issuer, {
    adapter: store.adapterOf,
    jwks: { keys: [key] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: [randomUUID()] },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `${INTERACTION}${uid}` },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...signingIn.person, sub }) }),
    async loadExistingGrant({ oidc }): Promise<InstanceType<Provider['Grant']>> {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith(INTERACTION) !== true) return provider.callback()(request, response);
    const { person, login } = signingIn;
    const denied = { error: 'access_denied', error_description: 'Not today.' };
    const signedIn = {
      login: {
        accountId: person.sub,
        remember: false,
        ...(login.amr && { amr: login.amr }),
        ...(login.at && { ts: login.at }),
      },
    };
    await provider.interactionFinished(request, response, login.isDenied === true ? denied : signedIn);
  }

  return {
    issuer,
    host,
    signsIn: (person, login = {}) => void (signingIn = { person, login }),
    register(redirectUri) {
      const client = { clientId: randomUUID(), clientSecret: randomUUID() };
      store.addClient(client.clientId, {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: 'ES256',
        require_auth_time: true,
      });
      return client;
    },
    visit: (authorizationUrl) => visit(authorizationUrl, host),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Follows redirects with their cookies for as long as they stay at the provider. */
async function visit(authorizationUrl: string, host: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(authorizationUrl);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=', 2);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
    if (url.host !== host) return url.search.slice(1);
  }
  throw new Error('the provider sends around in circles');
}
