import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAMPS } from './places.mjs';

/** What a build writes or a tool installs is no source; nor is a test. */
const NOT_SOURCE = new Set([
  'node_modules',
  'build',
  '.svelte-kit',
  'generated',
  'paraglide',
  'coverage',
  '.git',
]);

/**
 * A hash over names and contents of all files below the given paths, the same on every machine.
 * @param {readonly string[]} paths - Files or folders; a missing one counts as empty.
 */
export function contentHash(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, path, '');
  return hash.digest('hex');
}

/**
 * Does the work only when what it depends on has changed since it last succeeded.
 * @param {{ name: string, hash: string, output: string }} subject - `output` must exist for the stamp to count.
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} Whether there was anything to do.
 */
export async function whenChanged({ name, hash, output }, work) {
  if (isCurrent({ name, hash, output })) return false;
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), hash);
  return true;
}

/** @param {{ name: string, hash: string, output: string }} subject */
export function isCurrent({ name, hash, output }) {
  const stamp = join(STAMPS, name);
  return existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 * @param {string} name - As seen from the given root, so that the checkout's place does not matter.
 */
function addPath(hash, path, name) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isFile()) {
    hash.update(`${name}\0${stat.size}\0`).update(readFileSync(path));
    return;
  }
  if (!stat.isDirectory()) return;
  for (const entry of readdirSync(path).sort()) {
    if (!NOT_SOURCE.has(entry) && !entry.endsWith('.test.ts'))
      addPath(hash, join(path, entry), `${name}/${entry}`);
  }
}
