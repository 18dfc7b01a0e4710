import { setTimeout as delay } from 'node:timers/promises';

const STEP_MS = 25;
const LONGEST_MS = 300;

/**
 * A page that is reloaded can be back before the end of its old connection has arrived here. Waits a
 * moment for that, so that only a second page that really is open is told that the seat is taken.
 */
export async function waitForReload(isOldPageThere: () => boolean): Promise<void> {
  for (let waited = 0; waited < LONGEST_MS && isOldPageThere(); waited += STEP_MS) {
    await delay(STEP_MS);
  }
}
