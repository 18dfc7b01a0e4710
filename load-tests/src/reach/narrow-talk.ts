import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestNetwork } from '../network/network.ts';
import type { PictureLog } from '../pages/picture-log.ts';
import { untilSteady } from '../pages/steady-pictures.ts';
import { readConnections } from './connection-stats.ts';
import { elapsed } from './elapsed.ts';
import type { Ordeal } from './ordeal.ts';

/** How long the connection stays narrow after the page has said so. */
const NARROW_MS = 10_000;
const TOLD_TIMEOUT_MS = 30_000;
const BACK_TIMEOUT_MS = 60_000;

interface NarrowTalk {
  readonly patient: Page;
  /** What each of the two is shown. */
  readonly pictures: readonly PictureLog[];
}

/**
 * Talks over a connection that is too narrow for pictures for a while: every second of sound but one, which may fall
 * between two beeps, and a picture that comes back by itself.
 * @param kilobytes - that it carries a second
 */
export async function talkOverNarrow(
  { patient: page, pictures }: NarrowTalk,
  network: TestNetwork,
  kilobytes: number,
): Promise<Ordeal> {
  const notice = page.getByTestId('thin-link').getByText('Your connection is too slow');
  await network.narrow(kilobytes);
  const toldMs = await elapsed(() => notice.waitFor({ timeout: TOLD_TIMEOUT_MS }));
  const heardSeconds = toldMs === null ? 0 : await listen(page);
  await network.mend();
  const backMs = await elapsed(() => notice.waitFor({ state: 'hidden', timeout: BACK_TIMEOUT_MS }));
  // The page may just have been trying whether pictures come through, which they have yet to do.
  const isSteady = backMs !== null && (await untilSteady(pictures));
  const told = toldMs === null ? 'nothing said of narrowness' : `said ${toldMs} ms after narrowing`;
  const back = backMs === null || !isSteady ? 'NO PICTURE AGAIN' : `picture ${backMs} ms after widening`;
  return {
    isSurvived: toldMs !== null && heardSeconds >= NARROW_MS / 1_000 - 1 && isSteady,
    inWords: `${told}, ${heardSeconds} of ${NARROW_MS / 1_000} s with sound, ${back}`,
    // From the beginning until the page said why the picture stands still; from the end until it said nothing more.
    figures: { toldMs, heardSeconds, backMs },
  };
}

/** In how many of the next seconds something is to be heard. */
async function listen(page: Page): Promise<number> {
  let heard = 0;
  let { arrived } = await readConnections(page);
  for (let second = 0; second < NARROW_MS / 1_000; second += 1) {
    await sleep(1_000);
    const now = (await readConnections(page)).arrived;
    if (now.audioPackets > arrived.audioPackets && now.audioEnergy > arrived.audioEnergy) heard += 1;
    arrived = now;
  }
  return heard;
}
