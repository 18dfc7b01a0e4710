import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { RUNTIME } from './places.mjs';
import { step, tellSteps } from './progress.mjs';

/**
 * Prepares this checkout while no other command does: two at once would install over each other.
 * @param {() => Promise<void>} prepare
 */
export async function alone(prepare) {
  /** @type {PromiseWithResolvers<void>} */
  const turn = Promise.withResolvers();
  /** @type {Promise<void> | null} */
  let wait = null;
  /** @type {(progress: string) => void} */
  let report = () => {};
  const waitShown = () => {
    turn.resolve();
    return wait;
  };
  try {
    await withLock(
      join(RUNTIME, 'prepare.lock'),
      async (share) => {
        await waitShown();
        await tellSteps(share, prepare);
      },
      (pid, progress) => {
        wait ??= step(`Waiting for process ${pid}`, (show) => {
          report = show;
          return turn.promise;
        });
        report(`– ${progress || 'preparing this folder'}`);
      },
    );
  } finally {
    await waitShown();
  }
}
