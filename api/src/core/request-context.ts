import type { EndpointContract } from '@careconnect/contracts';
import type { ServiceName } from '@careconnect/platform';
import type { Actor } from './actor.ts';
import type { ResponseCookies } from './cookies.ts';

/** What a handler may know of a request beside its parsed input. */
export interface RequestContext {
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string;
  /** As sent; only the session slice has a use for them. */
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly csrfHeader: string | null;
  readonly setCookies: ResponseCookies;
}

/** Of an endpoint for signed-in people. */
export interface ActorContext extends RequestContext {
  readonly actor: Actor;
}

/** Of a public endpoint: someone may be signed in all the same. */
export interface PublicContext extends RequestContext {
  readonly actor: Actor | null;
}

/** Of an endpoint for our own processes. */
export interface ServiceContext extends RequestContext {
  readonly service: ServiceName;
}

export type ContextFor<E extends EndpointContract> = E['access'] extends { kind: 'public' }
  ? PublicContext
  : E['access'] extends { kind: 'service' }
    ? ServiceContext
    : ActorContext;
