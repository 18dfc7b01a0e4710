import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './process-alive.mjs';

const POLL_MS = 500;

/**
 * Does the work while no other process does work under the same lock file. A lock whose
 * owner is gone does not count.
 * @template T
 * @param {string} path
 * @param {(share: (progress: string) => void) => Promise<T>} work - May share how far it is with those who wait.
 * @param {(ownerPid: number, progress: string) => void} [onWait] - Called again and again, with what the owner shared last.
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) {
    const owner = ownerOf(path);
    if (owner === null) continue;
    if (!isGone(owner)) onWait?.(owner, sharedUnder(path));
    else if (removeDead(path)) continue;
    await sleep(POLL_MS);
  }
  const shared = progressPath(path);
  // Of an owner that was killed.
  rmSync(shared, { force: true });
  const unlock = () => {
    rmSync(shared, { force: true });
    rmSync(path, { force: true });
  };
  process.once('exit', unlock);
  try {
    return await work((progress) => writeFileSync(shared, progress));
  } finally {
    process.off('exit', unlock);
    unlock();
  }
}

/** @param {string} path */
function progressPath(path) {
  return `${path}.progress`;
}

/**
 * @param {string} path
 * @returns {string} Nothing when its owner has shared nothing.
 */
function sharedUnder(path) {
  try {
    return readFileSync(progressPath(path), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}

/**
 * The lock appears with its owner's name already in it: a lock that says nothing would pass for a dead one.
 * @param {string} path
 */
function tryLock(path) {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Of all who saw the dead lock only the one who holds a second lock may remove it, after another look:
 * meanwhile somebody may have removed it and taken it anew. The second lock is held for two file
 * operations without a pause, so it is dead only if its holder was killed between them.
 * @param {string} path
 * @returns {boolean} False if somebody else is at it.
 */
function removeDead(path) {
  const removal = `${path}.removal`;
  if (!tryLock(removal)) {
    if (isGone(ownerOf(removal))) rmSync(removal, { force: true });
    return false;
  }
  try {
    if (isGone(ownerOf(path))) rmSync(path, { force: true });
    return true;
  } finally {
    rmSync(removal, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {number | null} The pid in the lock, or 0 if it is torn; null when there is no lock.
 */
function ownerOf(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** @param {number | null} owner */
function isGone(owner) {
  return owner !== null && (owner === 0 || !isAlive(owner));
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
