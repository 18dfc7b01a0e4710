import { buildPath, Problem, type EndpointContract, type EndpointResponse } from '@careconnect/contracts';
import type { z } from 'zod';
import { AppError } from './app-error.ts';
import type { ServiceName, ServiceTokens } from './service-token.ts';

type QueryValue = string | number | boolean | undefined;

export interface ServiceCall<E extends EndpointContract> {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
}

/** Calls an endpoint of another process of ours; its typed errors come through as they are. */
export type CallService = <E extends EndpointContract>(
  endpoint: E,
  call: ServiceCall<E>,
) => Promise<EndpointResponse<E>>;

export interface ServiceClientOptions {
  readonly baseUrl: string;
  readonly audience: ServiceName;
  readonly tokens: ServiceTokens;
  readonly timeoutMs?: number;
}

export function createServiceClient({
  baseUrl,
  audience,
  tokens,
  timeoutMs = 5_000,
}: ServiceClientOptions): CallService {
  return async (endpoint, { params, query, body }) => {
    const url = new URL(buildPath(endpoint.path, (params ?? {}) as Record<string, string>), baseUrl);
    for (const [name, value] of Object.entries((query ?? {}) as Record<string, QueryValue>)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await send(url, {
      method: endpoint.method,
      headers: {
        authorization: `Bearer ${await tokens.tokenFor(audience)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const payload: unknown = response.status === 204 ? undefined : await readJson(response);
    if (!response.ok) throw toAppError(payload);
    return endpoint.response.parse(payload) as EndpointResponse<typeof endpoint>;
  };
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new AppError('UPSTREAM_UNAVAILABLE', 'A part of the platform does not answer. Please try again.', {
      cause,
    });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new AppError('UPSTREAM_UNAVAILABLE', 'A part of the platform answered with nonsense.', { cause });
  }
}

function toAppError(payload: unknown): AppError {
  const problem = Problem.safeParse(payload);
  if (!problem.success)
    return new AppError('UPSTREAM_UNAVAILABLE', 'A part of the platform answered with an error.');
  const { code, detail, issues, retryAfterSeconds, requestId } = problem.data;
  return new AppError(code, detail, { issues, retryAfterSeconds, requestId });
}
