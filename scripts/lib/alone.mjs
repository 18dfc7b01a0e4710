import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { RUNTIME } from './places.mjs';

/**
 * Prepares this checkout while no other command does: two at once would install over each other.
 * @param {() => Promise<void>} prepare
 */
export function alone(prepare) {
  let hasSaidSo = false;
  return withLock(join(RUNTIME, 'prepare.lock'), prepare, (pid) => {
    if (!hasSaidSo) console.log(`… Waiting for process ${pid}, which is preparing this folder`);
    hasSaidSo = true;
  });
}
