import { expect, it } from 'vitest';
import { ApiError, type ApiErrorCode } from './api-error.ts';
import { errorReference } from './error-reference.ts';

function anError(code: ApiErrorCode): ApiError {
  return new ApiError({ code, detail: '', status: 0, requestId: 'r-1', issues: [], retryAfterSeconds: null });
}

it('is told with what nobody foresaw', () => {
  expect(errorReference(anError('INTERNAL'))).toBe('r-1');
  expect(errorReference(anError('UNEXPECTED_ANSWER'))).toBe('r-1');
});

it.each([
  'INVALID_CREDENTIALS',
  'SLOT_TAKEN',
  'LINK_INVALID',
  'RATE_LIMITED',
  'OFFLINE',
  'UPSTREAM_UNAVAILABLE',
] as const)('is not told with %s, which happens in ordinary life', (code) => {
  expect(errorReference(anError(code))).toBeNull();
});

it('is none for what is no answer of the platform', () => {
  expect(errorReference(new TypeError('x is undefined'))).toBeNull();
  expect(errorReference(null)).toBeNull();
});
