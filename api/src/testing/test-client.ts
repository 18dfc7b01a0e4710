import { buildPath, Problem, type EndpointContract, type EndpointResponse } from '@careconnect/contracts';
import { parseSetCookie } from 'cookie';
import type { z } from 'zod';

export interface Call<E extends EndpointContract> {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A browser's share of HTTP: it keeps cookies and sends the CSRF value back. */
export interface TestClient {
  readonly cookies: Map<string, string>;
  /** Another tab or device with the same cookies; what it does to them stays its own. */
  copy(): TestClient;
  /** Calls an endpoint and answers with its parsed response; throws when it answers with a problem. */
  call<E extends EndpointContract>(endpoint: E, call?: Call<E>): Promise<EndpointResponse<E>>;
  /** Calls an endpoint that must refuse, and answers with the problem. */
  refused<E extends EndpointContract>(endpoint: E, call?: Call<E>): Promise<Problem>;
  /** Anything at all. */
  send(
    method: string,
    path: string,
    init?: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  ): Promise<RawAnswer>;
}

export function createTestClient(
  baseUrl: string,
  fixedHeaders: Readonly<Record<string, string>> = {},
): TestClient {
  const cookies = new Map<string, string>();

  function cookieHeaders(): Record<string, string> {
    if (cookies.size === 0) return {};
    const csrf = cookies.get('cc_csrf');
    return {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
    };
  }

  function keepCookies(headers: Headers): void {
    for (const header of headers.getSetCookie()) {
      const { name, value, maxAge } = parseSetCookie(header);
      if (maxAge === 0 || value === undefined) cookies.delete(name);
      else cookies.set(name, value);
    }
  }

  async function send(
    method: string,
    path: string,
    { body, headers }: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
  ): Promise<RawAnswer> {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: { ...cookieHeaders(), ...fixedHeaders, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    keepCookies(response.headers);
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }

  function ask<E extends EndpointContract>(endpoint: E, call: Call<E>): Promise<RawAnswer> {
    const url = new URL(buildPath(endpoint.path, (call.params ?? {}) as Record<string, string>), baseUrl);
    for (const [name, value] of Object.entries(
      (call.query ?? {}) as Record<string, string | number | undefined>,
    )) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return send(endpoint.method, url.href, {
      headers: {
        ...(call.body === undefined ? {} : { 'content-type': typeOf(call.body) }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: encode(call.body) }),
    });
  }

  return {
    cookies,
    send,
    copy() {
      const copy = createTestClient(baseUrl, fixedHeaders);
      for (const [name, value] of cookies) copy.cookies.set(name, value);
      return copy;
    },
    async call(endpoint, call = {}) {
      const { status, body } = await ask(endpoint, call);
      if (status !== endpoint.status) {
        throw new Error(`${endpoint.method} ${endpoint.path} answered ${status}: ${JSON.stringify(body)}`);
      }
      return endpoint.response.parse(body === '' ? undefined : body) as EndpointResponse<typeof endpoint>;
    },
    async refused(endpoint, call = {}) {
      const { status, headers, body } = await ask(endpoint, call);
      if (headers.get('content-type')?.startsWith('application/problem+json') !== true) {
        throw new Error(
          `${endpoint.method} ${endpoint.path} answered ${status} and no problem: ${JSON.stringify(body)}`,
        );
      }
      return Problem.parse(body);
    },
  };
}

/** As what a body is sent. */
export function typeOf(body: unknown): string {
  return body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
}

export function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
}
