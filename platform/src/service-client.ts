import { buildPath, Problem, type EndpointContract, type EndpointResponse } from '@careconnect/contracts';
import type { z } from 'zod';
import { AppError } from './app-error.ts';
import {
  createHttpExchange,
  type HttpAnswer,
  type HttpExchange,
  type HttpQuestion,
} from './http-exchange.ts';
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
  const exchange = createHttpExchange(baseUrl, timeoutMs);

  return async (endpoint, { params, query, body }) => {
    const { status, text } = await send(exchange, {
      method: endpoint.method,
      path: buildPath(endpoint.path, (params ?? {}) as Record<string, string>) + toSearch(query),
      headers: {
        authorization: `Bearer ${await tokens.tokenFor(audience)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const payload: unknown = status === 204 ? undefined : readJson(text);
    if (status < 200 || status > 299) throw toAppError(payload);
    return endpoint.response.parse(payload) as EndpointResponse<typeof endpoint>;
  };
}

function toSearch(query: unknown): string {
  const given = Object.entries((query ?? {}) as Record<string, QueryValue>).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

async function send(exchange: HttpExchange, question: HttpQuestion): Promise<HttpAnswer> {
  try {
    return await exchange(question);
  } catch (cause) {
    throw new AppError('UPSTREAM_UNAVAILABLE', 'A part of the platform does not answer. Please try again.', {
      cause,
    });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
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
