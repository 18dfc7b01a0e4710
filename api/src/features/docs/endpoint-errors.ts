import type { EndpointContract, ErrorCode } from '@careconnect/contracts';
import { isNothing } from './json-schema.ts';

/** Every code that an endpoint can answer with: the ones it names and those that go without saying. */
export function errorsOf(contract: EndpointContract): ErrorCode[] {
  const { access, method, params, query, body, errors } = contract;
  const isSafe = method === 'GET';
  const takesInput = [params, query].some(({ shape }) => Object.keys(shape).length > 0) || !isNothing(body);
  return [
    ...errors,
    ...(takesInput ? (['VALIDATION_FAILED'] as const) : []),
    ...(isNothing(body) ? [] : (['MALFORMED_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)),
    ...(access.kind === 'roles' ? (['UNAUTHENTICATED', 'SESSION_EXPIRED', 'FORBIDDEN'] as const) : []),
    ...(access.kind === 'roles' && !isSafe ? (['CSRF_FAILED'] as const) : []),
    'RATE_LIMITED',
    'UPSTREAM_UNAVAILABLE',
    'INTERNAL',
  ].filter((code, index, all) => all.indexOf(code) === index) as ErrorCode[];
}
