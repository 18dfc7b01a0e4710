import { z } from 'zod';
import type { ActingScope } from './acting.ts';
import type { ErrorCode } from './errors.ts';
import type { Role } from './roles.ts';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Who may call. `public` needs no session; `roles` needs one of them (the policy of the
 * feature then decides about the row); `service` is for our own processes only.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'service' };

/**
 * The rate limits there are; api says how much each allows. One purpose, one count: whoever uses one up leaves the
 * others on their network the rest.
 */
export type LimitName =
  /** What a session asks for. */
  | 'general'
  /** What anybody may read; counts a session where there is one, else a network. */
  | 'publicRead'
  /** Going on with a session or ending it; counts the session that the token names, if it is one of ours. */
  | 'session'
  | 'signIn'
  | 'passwordReset'
  /** Asking for an account, and making it. */
  | 'registration'
  | 'walkIn'
  | 'ticket'
  /** Codes and passwords by which somebody who is signed in proves who they are. */
  | 'proof'
  /** What of a visit's record is unsealed for each reader. */
  | 'record'
  /** All of a person at once; counts the person, in whichever session. */
  | 'ownData';

export interface EndpointContract<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Allowed extends Access = Access,
> {
  readonly method: HttpMethod;
  /** Full path with `:name` for parameters, for example `/api/v1/patients/:patientId`. */
  readonly path: string;
  readonly access: Allowed;
  readonly summary: string;
  readonly description?: string;
  readonly params: Params;
  readonly query: Query;
  /** `z.undefined()` where there is none. */
  readonly body: Body;
  readonly response: Response;
  readonly status: 200 | 201 | 202 | 204;
  /** The feature's own errors; the general ones (validation, sign-in, limits) go without saying. */
  readonly errors: readonly ErrorCode[];
  /** Name of the rate limit that guards it; `general` unless told, which no public endpoint is left with. */
  readonly limit?: LimitName;
  /** Dangerous enough that the person must have proved who they are within {@link CONFIRMED_FOR_MINUTES}. */
  readonly needsConfirmation?: true;
  /** About the person who asks, in all their organizations, and so not kept to the rows of one. */
  readonly isAboutPerson?: true;
  /**
   * Of what is about the person: whether it is open to a session that was opened by an organization's identity provider,
   * whose word is good in that organization only. `madeBySso`: to accounts which that provider has made, and which are
   * good nowhere else. Absent: the person must have signed in by themselves.
   */
  readonly inSsoSession?: 'always' | 'madeBySso';
  /**
   * What somebody who acts for a patient must have been granted to call it in that patient's name ({@link ACTING_HEADER}).
   * Absent: nobody calls it for another.
   */
  readonly forDependants?: ActingScope;
  /** Open to staff who have yet to set up the second factor that their organization asks for. */
  readonly beforeSecondFactor?: true;
  /** What a visit needs that goes on in an organization that was suspended meanwhile; all else is closed there. */
  readonly duringSuspension?: true;
}

/** For how long a proof of who somebody is, by signing in or again, is good for what is dangerous. */
export const CONFIRMED_FOR_MINUTES = 10;

export type EndpointParams<E extends EndpointContract> = z.output<E['params']>;
export type EndpointQuery<E extends EndpointContract> = z.output<E['query']>;
export type EndpointBody<E extends EndpointContract> = z.output<E['body']>;
export type EndpointResponse<E extends EndpointContract> = z.output<E['response']>;

/** The body of an endpoint that takes `application/octet-stream` instead of JSON. */
export const Bytes = z.instanceof(Uint8Array);

/** A file as an endpoint answers with it instead of JSON; `read` gives the bytes between two places, both included. */
export interface FileContent {
  readonly mediaType: string;
  /** What a browser calls it when the person saves it. */
  readonly name: string;
  readonly sizeBytes: number;
  read(first: number, last: number): AsyncIterable<Uint8Array>;
}
/** The response of such an endpoint. A page gives its address to the browser, which asks for the parts that it needs. */
export const FileContent = z.custom<FileContent>();

/** Keeps the exact types of the parts while checking the whole. */
export function defineEndpoint<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Response extends z.ZodType,
  const Allowed extends Access,
>(
  endpoint: EndpointContract<Params, Query, Body, Response, Allowed>,
): EndpointContract<Params, Query, Body, Response, Allowed> {
  return endpoint;
}

/** Fills `:name` parts of a path; throws when one is missing, so a wrong link cannot be built. */
export function buildPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:([A-Za-z]+)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`path ${path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
}
