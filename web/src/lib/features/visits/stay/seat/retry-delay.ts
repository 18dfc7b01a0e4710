/**
 * A part of the platform that has died is back within two seconds, so the first tries come one soon after the
 * other. A longer absence is tried more and more rarely, for the sake of a server that has many to take back.
 */
const FIRST_MS = 200;
const LONGEST_SOON_MS = 300;
const SOON_TRIES = 8;
const LONGEST_MS = 4_000;
/** Those who were cut off together do not come back in the same moment. */
const SPREAD = 0.25;

/**
 * How long to wait before the next try, in ms.
 * @param failures - tries that came to nothing, one after the other
 * @param chance - 0 to 1
 */
export function retryDelayMs(failures: number, chance = Math.random()): number {
  const delay =
    failures < SOON_TRIES
      ? Math.min(FIRST_MS * 2 ** failures, LONGEST_SOON_MS)
      : Math.min(LONGEST_SOON_MS * 2 ** (failures - SOON_TRIES + 1), LONGEST_MS);
  return delay * (1 + SPREAD * (2 * chance - 1));
}
