import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../core/statistics.ts';
import type { PictureLog } from '../pages/picture-log.ts';
import { LOST_AFTER_MS, untilSteady } from '../pages/steady-pictures.ts';
import type { Ordeal } from './ordeal.ts';
import type { Relay } from './relay.ts';

/** Of one restart, in ms, on the side where it was worse; null when pictures did not come back by themselves. */
interface Restart {
  /** Without a new picture. */
  readonly gapMs: number;
  /** From when the relay took connections again to the first new picture. */
  readonly backMs: number;
}

export interface RelayRestarts {
  /** How long nobody runs the relay, in ms. */
  readonly downMs: number;
  readonly times: number;
}

/**
 * Kills the relay of a running visit and starts it again, time after time. Nobody presses anything and no page is
 * loaded again; what is waited for is a new picture on each page.
 * @param logs - one for each page
 */
export async function talkThroughRestarts(
  logs: readonly PictureLog[],
  relay: Relay,
  { downMs, times }: RelayRestarts,
): Promise<Ordeal> {
  if (!(await untilSteady(logs))) return toOrdeal([null]);
  const restarts: (Restart | null)[] = [];
  // What is lost stays lost.
  while (restarts.length < times && !restarts.includes(null))
    restarts.push(await restart(logs, relay, downMs));
  return toOrdeal(restarts);
}

async function restart(logs: readonly PictureLog[], relay: Relay, downMs: number): Promise<Restart | null> {
  const killedAt = Date.now();
  await relay.kill();
  await sleep(downMs);
  await relay.start();
  const upAt = Date.now();
  if (!(await untilSteady(logs, upAt))) return null;
  const gaps = logs.flatMap((pictures) => pictures.longestGap(killedAt) ?? []);
  return {
    gapMs: Math.max(...gaps.map(({ lengthMs }) => lengthMs)),
    backMs: Math.max(...gaps.map(({ endedAfterMs }) => endedAfterMs)) - (upAt - killedAt),
  };
}

/** A run of restarts, the last of which may have been the end of it. */
export function toOrdeal(restarts: readonly (Restart | null)[]): Ordeal {
  const survived = restarts.filter((each) => each !== null);
  if (survived.length < restarts.length)
    return {
      isSurvived: false,
      inWords: `NO PICTURE within ${LOST_AFTER_MS / 1_000} s after restart ${restarts.length} of the relay`,
      figures: { restarts: restarts.length, backMs: null, gapMs: null },
    };
  const backMs = summaryOf(survived.map((restart) => restart.backMs));
  const gapMs = summaryOf(survived.map((restart) => restart.gapMs));
  return {
    isSurvived: true,
    inWords: `${restarts.length} restarts of the relay: picture ${backMs.p50} ms after it was back (p95 ${backMs.p95}), gap ${gapMs.p50} ms (p95 ${gapMs.p95})`,
    figures: { restarts: restarts.length, backMs, gapMs },
  };
}

function summaryOf(values: readonly number[]): { readonly p50: number; readonly p95: number } {
  return { p50: Math.round(quantile(values, 0.5)), p95: Math.round(quantile(values, 0.95)) };
}
