import type { Fault, Scene } from './faults.ts';
import { measureWait, startListening, type Understood } from './listening.ts';
import { untilSteady } from '../pages/steady-pictures.ts';

/** What one fault did to one visit, in ms. */
export interface Aftermath {
  /** Until the first new picture on the side that waited longer; null when none came on one of them, or not to stay. */
  readonly pictureMs: number | null;
  /** The longest time without a picture on either side; null when it did not end. */
  readonly gapMs: number | null;
  /** Until what each wrote was on the other's page; null when it did not get there. Absent where nobody can write. */
  readonly controlMs?: number | null;
  /**
   * How long what is heard once all is well again waits to be played, on the side where it waits longer: what came late is
   * caught up with little by little. Null when one of them hears nothing.
   */
  readonly soundWaitMs: number | null;
  /** How the side that heard worse heard meanwhile; only of what is audible. */
  readonly sound?: Understood;
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
  const listening = fault.isAudible && (await startListening(viewers));
  const since = await fault.strike(scene, () => {
    arrivals = write?.();
  });
  const sound = listening && (await listening.end());
  const isSteady = await untilSteady(
    viewers.map(({ pictures }) => pictures),
    since,
  );
  const gaps = viewers.map(({ pictures }) => pictures.longestGap(since));
  const soundWaitMs = await measureWait(viewers);
  const arrived = await arrivals;
  return {
    pictureMs: isSteady ? worst(gaps.map((gap) => gap?.endedAfterMs ?? null)) : null,
    gapMs: isSteady ? worst(gaps.map((gap) => gap?.lengthMs ?? null)) : null,
    ...(arrived && {
      controlMs: worst(arrived.map((at) => (at === null ? null : Math.max(0, at - since)))),
    }),
    soundWaitMs,
    ...(sound && { sound }),
    isLost: !isSteady,
  };
}

/** Null as soon as one of them never came. */
function worst(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (most, value) => (most === null || value === null ? null : Math.max(most, value)),
    0,
  );
}
