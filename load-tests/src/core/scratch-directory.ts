import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for this run. Removed by the caller when everything in it has stopped, or else with the process. */
export interface ScratchDirectory {
  readonly path: string;
  remove(): void;
}

export function createScratchDirectory(name: string): ScratchDirectory {
  const path = mkdtempSync(join(tmpdir(), `careconnect-${name}-`));
  // Run as root, PostgreSQL takes an account of its own, and must find its data in here.
  chmodSync(path, 0o755);
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return { path, remove };
}
