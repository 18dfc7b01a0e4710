import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { ATTACKS } from './attacks/attacks.ts';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterEach(() => api.close());

test.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
  '%s: nothing gets through',
  async (_name, attack) => {
    const { tried, leaked } = await attack.run(api);
    expect(leaked).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  },
  120_000,
);
