import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME } from './places.mjs';

const FILE = join(RUNTIME, 'toolchain.json');
const NAMES = /** @type {const} */ (['MEDIASOUP_WORKER_BIN', 'CHROMIUM_PATH']);

/**
 * What the bootstrap found or made on this machine, in the environment's own names.
 * @typedef {Partial<Record<typeof NAMES[number], string>>} Toolchain
 */

/**
 * The environment's word first, then the bootstrap's: so that `vitest` or a single process
 * started by hand finds the same worker as `npm start` and `npm test`.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function readToolchain(env = process.env) {
  const remembered = readRemembered();
  /** @type {Toolchain} */
  const toolchain = {};
  for (const name of NAMES) {
    const value = env[name] || remembered[name];
    if (value) toolchain[name] = value;
  }
  return toolchain;
}

/**
 * Puts a finding into the environment of everything started from here, and on disk for what is
 * started by hand later.
 * @param {typeof NAMES[number]} name
 * @param {string} path
 */
export function remember(name, path) {
  process.env[name] = path;
  const known = readRemembered();
  if (known[name] === path) return;
  mkdirSync(RUNTIME, { recursive: true });
  writeFileSync(FILE, `${JSON.stringify({ ...known, [name]: path }, null, 2)}\n`);
}

/** @returns {Toolchain} */
function readRemembered() {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return {};
  }
}
