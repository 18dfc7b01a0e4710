import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What running CareConnect from this folder writes; git ignores it. */
export const RUNTIME = join(ROOT, '.careconnect');
export const LOGS = join(RUNTIME, 'logs');
export const STAMPS = join(RUNTIME, 'stamps');

/**
 * Where things live that every checkout of one user shares: Node, the media worker.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function userCache(env = process.env) {
  if (env['CARECONNECT_CACHE']) return env['CARECONNECT_CACHE'];
  const base = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'careconnect');
}

/** @param {string} name */
export function logFile(name) {
  return join(LOGS, `${name}.log`);
}

/** @param {string | Buffer} content */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
