import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestNetwork } from '../network/network.ts';
import { readConnections } from './connection-watch.ts';

/** How long the connection stays narrow after the page has said so. */
const NARROW_MS = 10_000;
const TOLD_TIMEOUT_MS = 30_000;
const BACK_TIMEOUT_MS = 60_000;

/** What became of sound and picture of someone whose connection was too narrow for pictures for a while. */
export interface NarrowTalk {
  /** From the beginning until the page said why the picture stands still; null when it never did. */
  readonly toldMs: number | null;
  /** Of the time in which it was narrow, that in which sound came; Chromium's fake microphone beeps once a second. */
  readonly heardSeconds: number;
  /** From the end until the page showed the picture again and said nothing more; null when it never did. */
  readonly backMs: number | null;
}

/** Every second of sound but one, which may fall between two beeps, and a picture that comes back by itself. */
export function isSurvived({ toldMs, heardSeconds, backMs }: NarrowTalk): boolean {
  return toldMs !== null && heardSeconds >= NARROW_MS / 1_000 - 1 && backMs !== null;
}

export function inNarrowWords({ toldMs, heardSeconds, backMs }: NarrowTalk): string {
  const told = toldMs === null ? 'nothing said of narrowness' : `said ${toldMs} ms after narrowing`;
  const back = backMs === null ? 'NO PICTURE AGAIN' : `picture ${backMs} ms after widening`;
  return `${told}, ${heardSeconds} of ${NARROW_MS / 1_000} s with sound, ${back}`;
}

export async function talkOverNarrow(
  page: Page,
  narrow: (network: TestNetwork) => Promise<void>,
  network: TestNetwork,
): Promise<NarrowTalk> {
  const notice = page.getByTestId('thin-link').getByText('Your connection is too slow');
  await narrow(network);
  const toldMs = await elapsed(() => notice.waitFor({ timeout: TOLD_TIMEOUT_MS }));
  const heardSeconds = toldMs === null ? 0 : await listen(page);
  await network.mend();
  const backMs = await elapsed(() => notice.waitFor({ state: 'hidden', timeout: BACK_TIMEOUT_MS }));
  return { toldMs, heardSeconds, backMs };
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

async function elapsed(wait: () => Promise<void>): Promise<number | null> {
  const begun = performance.now();
  try {
    await wait();
    return Math.round(performance.now() - begun);
  } catch {
    return null;
  }
}
