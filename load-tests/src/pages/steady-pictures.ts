import { setTimeout as sleep } from 'node:timers/promises';
import type { PictureLog } from './picture-log.ts';

/** Nothing is seen in a shorter time: buffers play on, and who is killed is missed a moment later. */
const LEAST_OBSERVED_MS = 2_500;
/** The visit counts as back when pictures have come on both sides for this long. */
const STEADY_MS = 1_500;
export const LOST_AFTER_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Pictures have come for a while on all these pages. @returns whether that came to be */
export async function untilSteady(logs: readonly PictureLog[], since = Date.now()): Promise<boolean> {
  const deadline = since + LOST_AFTER_MS;
  for (;;) {
    const now = Date.now();
    const isLongEnough = now - since >= LEAST_OBSERVED_MS;
    if (isLongEnough && logs.every((pictures) => pictures.isRunning(now, STEADY_MS))) return true;
    if (now > deadline) return false;
    await sleep(LOOK_EVERY_MS);
  }
}
