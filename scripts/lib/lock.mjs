import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './process-alive.mjs';

const POLL_MS = 500;

/**
 * Does the work while no other process does work under the same lock file. A lock whose
 * owner is gone does not count.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(ownerPid: number) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) {
    const owner = ownerOf(path);
    if (owner === null || !isAlive(owner)) {
      rmSync(path, { force: true });
      continue;
    }
    onWait?.(owner);
    await sleep(POLL_MS);
  }
  const unlock = () => rmSync(path, { force: true });
  process.once('exit', unlock);
  try {
    return await work();
  } finally {
    process.off('exit', unlock);
    unlock();
  }
}

/** @param {string} path */
function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
function ownerOf(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
