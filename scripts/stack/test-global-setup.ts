import type { TestProject } from 'vitest/node';
import { readToolchain } from '../lib/toolchain.mjs';
import { startTestPostgres } from './test-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrative database of this run's server; see `createTestDatabase`. */
    postgresUrl: string;
  }
}

/** Once per integration run, before any test process exists: they inherit this environment. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  Object.assign(process.env, readToolchain());
  const postgres = await startTestPostgres();
  process.env['TEST_POSTGRES_URL'] = postgres.url;
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
