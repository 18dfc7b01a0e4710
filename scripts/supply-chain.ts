import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './lib/places.mjs';
import { Exceptions, findAdvisories, findLockProblems } from './lib/supply-chain.ts';

const AUDIT_TIMEOUT_MS = 8_000;

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(join(ROOT, path), 'utf8')) as unknown;

/** Where the registry answers no such question there is no JSON, or one of an error. */
function askAudit(): Promise<unknown> {
  const args = ['audit', '--omit=dev', '--audit-level=high', '--json'];
  return new Promise((resolve) => {
    execFile('npm', args, { cwd: ROOT, timeout: AUDIT_TIMEOUT_MS, maxBuffer: 1e8 }, (_error, output) => {
      try {
        resolve(JSON.parse(output));
      } catch {
        resolve(null);
      }
    });
  });
}

const today = new Date().toISOString().slice(0, 10);
const exceptions = Exceptions.parse(await readJson('scripts/supply-chain-exceptions.json'));
const [lock, audit] = await Promise.all([readJson('package-lock.json'), askAudit()]);
const advisories = findAdvisories(audit, exceptions, today);
if (advisories === null)
  console.warn('NOT CHECKED: the registry was not asked for known vulnerabilities, for it does not answer.');
const problems = [...findLockProblems(lock, exceptions, today), ...(advisories ?? [])];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
