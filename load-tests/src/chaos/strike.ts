import { concealedShare, readSound, type HeardSound } from './concealment.ts';
import type { Fault, Scene } from './faults.ts';
import type { LivePage } from './live-page.ts';
import { untilSteady } from '../pages/steady-pictures.ts';

/** What one fault did to one visit, in ms. */
export interface Aftermath {
  /** Until the first new picture on the side that waited longer; null when none came on one of them, or not to stay. */
  readonly pictureMs: number | null;
  /** The longest time without a picture on either side; null when it did not end. */
  readonly gapMs: number | null;
  /** Until what each wrote was on the other's page; null when it did not get there. Absent where nobody can write. */
  readonly controlMs?: number | null;
  /** How much of the sound was made up meanwhile on the side that heard worse, 0 to 1; only of what is audible. */
  readonly concealedShare?: number | null;
  readonly isLost: boolean;
}

/**
 * Breaks something in a running visit and watches what becomes of it.
 * @param write - has people write while it is broken; answers when each of their messages was there, in ms since 1970.
 *   Left out where there is nothing to write with.
 */
export async function strike(
  scene: Scene,
  fault: Fault,
  write?: () => Promise<(number | null)[]>,
): Promise<Aftermath> {
  const { viewers } = scene.target;
  let arrivals: Promise<(number | null)[]> | undefined;
  const heardBefore = fault.isAudible && (await hear(viewers));
  const since = await fault.strike(scene, () => {
    arrivals = write?.();
  });
  const heardAfter = fault.isAudible && (await hear(viewers));
  const isSteady = await untilSteady(
    viewers.map(({ pictures }) => pictures),
    since,
  );
  const arrived = await arrivals;
  const gaps = viewers.map(({ pictures }) => pictures.longestGap(since));
  return {
    pictureMs: isSteady ? worst(gaps.map((gap) => gap?.endedAfterMs ?? null)) : null,
    gapMs: isSteady ? worst(gaps.map((gap) => gap?.lengthMs ?? null)) : null,
    ...(arrived && {
      controlMs: worst(arrived.map((at) => (at === null ? null : Math.max(0, at - since)))),
    }),
    ...(heardBefore && heardAfter && { concealedShare: worstShare(heardBefore, heardAfter) }),
    isLost: !isSteady,
  };
}

function hear(viewers: readonly LivePage[]): Promise<HeardSound[]> {
  return Promise.all(viewers.map(({ page }) => readSound(page)));
}

function worstShare(before: readonly HeardSound[], after: readonly HeardSound[]): number | null {
  return worst(after.map((heard, index) => concealedShare(before[index] ?? new Map(), heard)));
}

/** Null as soon as one of them never came. */
function worst(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (most, value) => (most === null || value === null ? null : Math.max(most, value)),
    0,
  );
}
