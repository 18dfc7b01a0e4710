import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { RUNTIME } from './places.mjs';
import { step } from './progress.mjs';

/**
 * Prepares this checkout while no other command does: two at once would install over each other.
 * @param {() => Promise<void>} prepare
 */
export async function alone(prepare) {
  /** @type {PromiseWithResolvers<void>} */
  const turn = Promise.withResolvers();
  /** @type {Promise<void> | null} */
  let wait = null;
  const waitShown = () => {
    turn.resolve();
    return wait;
  };
  try {
    await withLock(
      join(RUNTIME, 'prepare.lock'),
      async () => {
        await waitShown();
        await prepare();
      },
      (pid) => {
        wait ??= step(`Waiting for process ${pid}, which is preparing this folder`, () => turn.promise);
      },
    );
  } finally {
    await waitShown();
  }
}
