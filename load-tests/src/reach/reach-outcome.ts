import type { Figures } from '../core/outcome.ts';
import type { Condition } from './conditions.ts';
import { inWords, type NetworkPath } from './network-path.ts';
import type { Ordeal } from './ordeal.ts';

/** What became of one visit under one condition. */
export interface Visited {
  readonly condition: Condition;
  /** From the patient's press on Join to the doctor's first picture on their page; null when it never came. */
  readonly firstFrameMs: number | null;
  /** Null where nothing happened meanwhile. */
  readonly ordeal: Ordeal | null;
  /** Of the patient's connections. */
  readonly paths: readonly NetworkPath[];
  /** The two have seen and heard each other until the end. */
  readonly isSeenAndHeard: boolean;
}

/** The last line of a run. */
export interface ReachOutcome {
  readonly name: 'reach';
  readonly goal: string;
  readonly ok: boolean;
  readonly figures: Figures;
}

export function toOutcome(visits: readonly Visited[]): ReachOutcome {
  const conditions = visits.map((visit) => {
    const { condition, firstFrameMs, ordeal, paths } = visit;
    const path = paths.map(inWords).join('; ');
    return [condition.name, { ok: isMet(visit), firstFrameMs, path, ...ordeal?.figures }] as const;
  });
  return {
    name: 'reach',
    goal: 'under every condition both see and hear each other, over the path that it leaves',
    ok: conditions.length > 0 && conditions.every(([, { ok }]) => ok),
    figures: { conditions: Object.fromEntries(conditions) },
  };
}

/** Both connections of a page, what it sends and what it receives, have to find the way. */
export function isMet({ condition, firstFrameMs, ordeal, paths, isSeenAndHeard }: Visited): boolean {
  const { protocol, isRelayed } = condition.path;
  return (
    isSeenAndHeard &&
    (ordeal === null || ordeal.isSurvived) &&
    firstFrameMs !== null &&
    paths.length === 2 &&
    paths.every((path) => path.protocol === protocol && path.isRelayed === isRelayed)
  );
}

export function toLine(visit: Visited): string {
  const { condition, firstFrameMs, ordeal, paths, isSeenAndHeard } = visit;
  const picture =
    firstFrameMs === null ? 'no picture' : `first picture ${Math.round(firstFrameMs)} ms after Join`;
  const ways = [...new Set(paths.map(inWords))].join('; ') || 'no path';
  const verdict = isMet(visit) ? '✓' : '✗';
  return `${verdict} ${condition.name.padEnd(13)} ${picture}, ${ways}${ordeal ? `, ${ordeal.inWords}` : ''}${isSeenAndHeard ? '' : ', NOT SEEN AND HEARD'}`;
}
