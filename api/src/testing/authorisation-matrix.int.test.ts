import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runWholeMatrix } from './authorisation-matrix/run.ts';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterAll(() => api.close());

test('everyone may do what the reviewed table says, and sees nothing beyond it', async () => {
  const cases = await runWholeMatrix(api);
  expect(cases.length).toBeGreaterThan(1_100);
  expect(cases.filter(({ expected, actual, leaked }) => expected !== actual || leaked !== null)).toEqual([]);
}, 120_000);
