import { randomInt } from 'node:crypto';
import { buildPath, type RegisteredEndpoint } from '@careconnect/contracts';
import { encode, typeOf, type RawAnswer, type TestClient } from '../test-client.ts';
import type { MatrixRequest } from './requests.ts';

/** Sends the request of a case as whoever asks. */
export function ask(
  client: TestClient,
  { endpoint }: RegisteredEndpoint,
  request: MatrixRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const query = new URLSearchParams(request.query).toString();
  const path = buildPath(endpoint.path, request.params ?? {});
  return client.send(endpoint.method, query === '' ? path : `${path}?${query}`, {
    headers: {
      ...headers,
      // Who may is asked here, not how many of one network.
      'x-forwarded-for': someAddress(),
      ...(request.body !== undefined && { 'content-type': typeOf(request.body) }),
    },
    ...(request.body !== undefined && { body: encode(request.body) }),
  });
}

/** Of the range for benchmarks (RFC 2544). */
function someAddress(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}
