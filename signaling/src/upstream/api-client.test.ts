import { AppError } from '@careconnect/platform';
import { expect, test } from 'vitest';
import { createApiClient, isRefusedByApi } from './api-client.ts';

test.each([
  ['INTERNAL', true],
  ['VALIDATION_FAILED', true],
  ['UPSTREAM_UNAVAILABLE', false],
  ['RATE_LIMITED', false],
  ['UNAUTHENTICATED', false],
] as const)('samples that api answers with %s are refused for what they are: %s', async (code, isRefused) => {
  const api = createApiClient(() => Promise.reject(new AppError(code, 'No.')), 'signaling');
  const error: unknown = await api.storeQuality([]).catch((caught: unknown) => caught);
  expect(isRefusedByApi(error)).toBe(isRefused);
});
