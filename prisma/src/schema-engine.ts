import { readFile } from 'node:fs/promises';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm';

/**
 * Prisma's schema engine as WebAssembly: the same engine as behind `prisma migrate`, without the
 * native binary that Prisma's command line downloads.
 */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: SchemasContainer,
): Promise<SchemaEngine> {
  instance ??= instantiate();
  await instance;
  return engineModule.SchemaEngine.new(
    { datamodels: schema.files.map(({ path, content }) => [path, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

// The package's glue code has room for one instance a process, however many engines run in it.
let instance: Promise<void> | null = null;

// By hand, because `import` of WebAssembly is still experimental in Node and says so on every start.
async function instantiate(): Promise<void> {
  const moduleUrl = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(new URL('schema_engine_bg.wasm', moduleUrl));
  const { instance: engine } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': { ...engineModule },
  });
  engineModule.__wbg_set_wasm(engine.exports);
  const { __wbindgen_start: start } = engine.exports;
  if (typeof start === 'function') (start as () => void)();
}
