import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const PURE = [
  '{contracts,platform,prisma,api,signaling,sfu,load-tests,scripts}/**/*.test.ts',
  'web/{src,server}/**/*.test.ts',
];
const INTEGRATION = ['{prisma,api,signaling,sfu,scripts}/**/*.int.test.ts'];
const BROWSER = ['{web/e2e,load-tests/src}/**/*.browser.test.ts'];
const MOCKED = ['**/*.mocked.test.ts'];
const NEVER = ['**/node_modules/**', '**/build/**'];

const pure = {
  // State of pages is tested without a page.
  plugins: [svelte({ configFile: false })],
  test: {
    name: 'pure',
    include: PURE,
    exclude: [...NEVER, ...INTEGRATION, ...BROWSER, ...MOCKED],
    // Files share what they import: loading it anew for each takes longer than all the tests.
    isolate: false,
    // Properties over thousands of cases take seconds where other programs use the processor too.
    testTimeout: 30_000,
  },
};

/** Three rings: pure, on a real PostgreSQL and real workers, and whole journeys in a real browser. */
export default defineConfig({
  test: {
    projects: [
      pure,
      {
        ...pure,
        // A module that a test replaces would be replaced for the files after it too.
        test: { ...pure.test, name: 'pure-mocked', include: MOCKED, exclude: NEVER, isolate: true },
      },
      {
        test: {
          name: 'int',
          include: INTEGRATION,
          exclude: NEVER,
          globalSetup: ['scripts/stack/test-global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: BROWSER,
          exclude: NEVER,
          globalSetup: ['web/e2e/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // Of what does not wait for its turn: so many browsers at a time.
          maxConcurrency: 3,
        },
      },
    ],
  },
});
