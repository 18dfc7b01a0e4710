import {
  ACTING_HEADER,
  buildPath,
  CSRF_HEADER,
  IDLE_HEADER,
  type EndpointContract,
  type EndpointResponse,
} from '@careconnect/contracts';
import type { z } from 'zod';
import { browserSession } from '#lib/session/browser-session.ts';
import { ApiError, apiErrors } from './api-error.ts';
import type { ApiSession } from './api-session.ts';

/** What a call needs: only the parts that its endpoint has. */
export interface ApiCall<E extends EndpointContract> {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
  readonly signal?: AbortSignal;
}

export interface ApiClient {
  /**
   * Calls an endpoint of the registry and answers with its parsed data. An ended access token is
   * renewed once and the call repeated.
   * @throws {ApiError} for every other answer, and with code `OFFLINE` when there was none
   */
  call<E extends EndpointContract>(endpoint: E, call?: ApiCall<E>): Promise<EndpointResponse<E>>;
  /**
   * How far this device's clock is behind the platform's, in ms, as the last answer told: too little by the
   * answer's way here and up to a second. 0 before the first.
   */
  readonly clockLagMs: number;
}

/**
 * @param fetch the `fetch` of a load function, or the window's own
 * @param session whose cookies the calls ride on; the browser's unless told
 */
export function createApiClient(
  fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
  session: ApiSession = browserSession,
): ApiClient {
  let clockLagMs = 0;

  async function once<E extends EndpointContract>(endpoint: E, call: ApiCall<E>) {
    const response = await send(fetch, endpoint, call, session);
    clockLagMs = readClockLag(response) ?? clockLagMs;
    const payload = await readPayload(response);
    if (!response.ok) throw apiErrors.fromResponse(response, payload);
    const parsed = endpoint.response.safeParse(payload);
    if (parsed.success) return parsed.data as EndpointResponse<E>;
    throw apiErrors.unexpectedAnswer(response, parsed.error);
  }

  /** Without its readable cookie there is no session either: the platform would only refuse. */
  const isPointless = ({ access }: EndpointContract) =>
    access.kind === 'roles' && session.csrfToken() === null;

  /** What is dangerous is confirmed by the person first, once they are asked to. */
  async function confirmed<E extends EndpointContract>(endpoint: E, call: ApiCall<E>) {
    try {
      return await once(endpoint, call);
    } catch (error) {
      const isAsked = error instanceof ApiError && error.code === 'CONFIRMATION_NEEDED';
      if (isAsked && (await session.confirm())) return once(endpoint, call);
      throw error;
    }
  }

  async function isMended(endpoint: EndpointContract, error: unknown, askedAt: number): Promise<boolean> {
    if (!isRenewable(endpoint, error)) return false;
    const isRenewed = session.csrfToken() !== null && (await session.renew(askedAt));
    return isRenewed || session.signInAgain();
  }

  return {
    async call(endpoint, call = {}) {
      const askedAt = Date.now();
      try {
        if (isPointless(endpoint)) throw apiErrors.signedOut();
        return await confirmed(endpoint, call);
      } catch (error) {
        if (await isMended(endpoint, error, askedAt)) return confirmed(endpoint, call);
        throw error;
      }
    },
    get clockLagMs() {
      return clockLagMs;
    },
  };
}

function isRenewable(endpoint: EndpointContract, error: unknown): boolean {
  if (!(error instanceof ApiError) || !error.needsSignIn) return false;
  return endpoint.access.kind === 'roles';
}

async function send<E extends EndpointContract>(
  fetch: typeof globalThis.fetch,
  endpoint: E,
  { params, query, body, signal }: ApiCall<E>,
  session: Pick<ApiSession, 'csrfToken' | 'idleSeconds' | 'actingFor'>,
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json', [IDLE_HEADER]: String(session.idleSeconds()) });
  const patientId = endpoint.forDependants === undefined ? null : session.actingFor();
  if (patientId !== null) headers.set(ACTING_HEADER, patientId);
  const csrfToken = session.csrfToken();
  if (body !== undefined) headers.set('content-type', typeOf(body));
  if (endpoint.method !== 'GET' && csrfToken !== null) headers.set(CSRF_HEADER, csrfToken);
  try {
    return await fetch(toPath(endpoint, params, query), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw apiErrors.offline(cause);
  }
}

function typeOf(body: unknown): string {
  return body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
}

function toPath(endpoint: EndpointContract, params: unknown, query: unknown): string {
  const path = buildPath(endpoint.path, (params ?? {}) as Record<string, string>);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string' || typeof value === 'number') search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

function readClockLag({ headers }: Response): number | null {
  const sentAt = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(sentAt) ? null : sentAt - Date.now();
}

async function readPayload(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (response.headers.get('content-type')?.match(/^text\/csv|ndjson/)) return response.text();
  try {
    return (await response.json()) as unknown;
  } catch {
    return null;
  }
}
