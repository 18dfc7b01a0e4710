import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** For one test; gone when it is over. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'careconnect-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
