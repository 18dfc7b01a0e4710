import { OutboundError, type FetchOutbound } from '@careconnect/platform';
import * as openid from 'openid-client';
import { IdClaims } from './id-claims.ts';
import { createOutboundFetch } from './outbound-fetch.ts';
import type { KnownClient } from './sso-connection.ts';
import { ssoErrors } from './sso.errors.ts';

const TIMEOUT_SECONDS = 10;
/** What a provider says of itself changes rarely; its keys are asked for again when a new one appears. */
const REMEMBER_MS = 5 * 60_000;
const MAX_REMEMBERED = 200;
/** RFC 6749 section 4.1.2.1: nobody has been refused. */
const UNWELL = new Set(['server_error', 'temporarily_unavailable']);

export interface Beginning {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** The provider must ask who it is, though it knows. */
  readonly isFresh: boolean;
}

export interface Ending extends Omit<Beginning, 'isFresh'> {
  /** The query that the browser has come back with. */
  readonly callback: string;
}

/** The providers of organizations, over OpenID Connect. */
export interface IdentityProviders {
  /** As the provider names itself. Errors: SSO_ISSUER_INVALID. */
  discover(client: KnownClient): Promise<string>;
  /** Where to send the browser. Errors: SSO_UNAVAILABLE. */
  begin(client: KnownClient, beginning: Beginning): Promise<string>;
  /** Errors: SSO_DENIED, SSO_REFUSED, SSO_UNAVAILABLE. */
  finish(client: KnownClient, ending: Ending): Promise<IdClaims>;
}

export function createIdentityProviders(fetchOutbound: FetchOutbound): IdentityProviders {
  const customFetch = createOutboundFetch(fetchOutbound);
  const known = new Map<string, { configuration: Promise<openid.Configuration>; until: number }>();

  function ask({ issuer, clientId, clientSecret }: KnownClient): Promise<openid.Configuration> {
    // The outbound rules let plain http pass for what an operator has opened on this machine, and for nothing else.
    const plain = isPlain(issuer) ? [openid.allowInsecureRequests] : [];
    return openid.discovery(new URL(issuer), clientId, clientSecret, authenticationBy(clientSecret), {
      [openid.customFetch]: customFetch,
      timeout: TIMEOUT_SECONDS,
      // Signatures are verified though the token comes straight from its provider.
      execute: [...plain, openid.enableNonRepudiationChecks],
    });
  }

  function configurationOf(client: KnownClient): Promise<openid.Configuration> {
    const key = JSON.stringify([client.issuer, client.clientId, client.clientSecret]);
    const found = known.get(key);
    if (found && found.until > performance.now()) return found.configuration;
    const configuration = ask(client);
    known.delete(key);
    known.set(key, { configuration, until: performance.now() + REMEMBER_MS });
    configuration.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest);
    return configuration.catch((cause: unknown) => {
      throw ssoErrors.unavailable(cause);
    });
  }

  return {
    async discover(client) {
      const configuration = await ask(client).catch((cause: unknown) => {
        throw ssoErrors.issuerInvalid(reasonOf(cause), cause);
      });
      const metadata = configuration.serverMetadata();
      const why = lackOf(metadata, client.issuer);
      if (why !== null) throw ssoErrors.issuerInvalid(why);
      return metadata.issuer;
    },

    async begin(client, { redirectUri, state, nonce, codeVerifier, isFresh }) {
      const configuration = await configurationOf(client);
      const url = openid.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(isFresh ? { prompt: 'login', max_age: '0' } : {}),
      });
      return url.href;
    },

    async finish(client, { redirectUri, state, nonce, codeVerifier, callback }) {
      const configuration = await configurationOf(client);
      const url = new URL(redirectUri);
      url.search = callback;
      try {
        const checks = { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce };
        const tokens = await openid.authorizationCodeGrant(configuration, url, checks);
        return IdClaims.parse(tokens.claims());
      } catch (cause) {
        throw refusalFor(cause);
      }
    },
  };
}

function isPlain(issuer: string): boolean {
  return new URL(issuer).protocol === 'http:';
}

/** As the provider takes it: in the body where it says so, else in a header, which all must take (RFC 6749 section 2.3.1). */
function authenticationBy(secret: string): openid.ClientAuth {
  const [post, basic] = [openid.ClientSecretPost(secret), openid.ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const takesPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    return (takesPost ? post : basic)(server, ...rest);
  };
}

/** What a provider must say of itself and does not, in a sentence; null when it can be used. */
function lackOf(metadata: openid.ServerMetadata, issuer: string): string | null {
  const { authorization_endpoint: page, token_endpoint: tokens, jwks_uri: keys } = metadata;
  if (new URL(metadata.issuer).href !== new URL(issuer).href)
    return `it names itself ${metadata.issuer}, which is another issuer.`;
  if (page === undefined || tokens === undefined || keys === undefined)
    return 'it does not say where people sign in, where codes are exchanged, or where its keys are.';
  const protocol = isPlain(issuer) ? /^https?:$/ : /^https:$/;
  if (![page, tokens, keys].every((url) => URL.canParse(url) && protocol.test(new URL(url).protocol)))
    return 'one of the addresses that it names is not secure (https).';
  const challenges = metadata.code_challenge_methods_supported;
  if (challenges && !challenges.includes('S256')) return 'it does not know PKCE with S256.';
  return null;
}

/** In a sentence, and with nothing of what the address answered: it may be one of an inner network. */
function reasonOf(error: unknown): string {
  const outbound = outboundErrorIn(error);
  if (outbound) return outbound.message;
  if (error instanceof openid.ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')
    return 'it names itself differently. Copy the issuer as the provider writes it.';
  return 'there is no discovery document (/.well-known/openid-configuration) at this address.';
}

function refusalFor(error: unknown) {
  if (error instanceof openid.AuthorizationResponseError && !UNWELL.has(error.error))
    return ssoErrors.denied();
  const isAway =
    error instanceof openid.AuthorizationResponseError ||
    outboundErrorIn(error) !== null ||
    (error instanceof openid.ClientError && error.code === 'OAUTH_TIMEOUT') ||
    isServerFailure(error);
  return isAway ? ssoErrors.unavailable(error) : ssoErrors.refused(error);
}

/** The provider has answered that it is not well itself. */
function isServerFailure(error: unknown): boolean {
  const cause = error instanceof openid.ResponseBodyError ? error : (error as { cause?: unknown }).cause;
  const status = (cause as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' && status >= 500;
}

function outboundErrorIn(error: unknown): OutboundError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof OutboundError) return cause;
  return null;
}
