import { wordsUnderstood } from '../hearing/stoi.ts';
import type { Figures } from '../core/outcome.ts';
import { quantile } from '../core/statistics.ts';
import type { Fault, FaultGoal } from './faults.ts';
import type { Aftermaths } from './rounds.ts';
import type { ChaosRun } from './run-chaos.ts';
import type { Aftermath } from './strike.ts';

const MEASURES = ['pictureMs', 'gapMs', 'controlMs'] as const satisfies readonly (keyof FaultGoal)[];

/**
 * The last line of a run. `ours` and `baseline` are the p95 in ms from the end of an outage to the first picture, null
 * when a visit was lost in one; without both of them there is no `ratio`.
 */
export interface ChaosOutcome {
  readonly name: 'chaos';
  readonly ours: number | null;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
  readonly figures: Figures;
}

export function toOutcome({ pictures, ours, messages, baseline }: ChaosRun): ChaosOutcome {
  const faults = [...ours].map(([fault, each]) => ({ fault, figures: figuresOf(fault, each) }));
  const { struck, visitsLost } = countsOf(ours);
  const { messagesLost, messagesDoubled } = messages;
  const isUnharmed = visitsLost === 0 && messagesLost === 0 && messagesDoubled === 0;
  return {
    name: 'chaos',
    ...compare(p95Of(ours, 'outage'), baseline && p95Of(baseline, 'outage')),
    goal: 'every fault within its own goal at p95, no visit lost, no message lost or doubled',
    ok: isUnharmed && faults.every(({ figures }) => figures.ok),
    figures: {
      ...pictures,
      faults: Object.fromEntries(
        faults.map(({ fault, figures }) => [
          fault.name,
          { ...figures, baseline: baselineFiguresOf(baseline?.get(fault)) },
        ]),
      ),
      struck,
      visitsLost,
      messagesLost,
      messagesDoubled,
      ...(baseline && baselineCountsOf(baseline)),
    },
  };
}

function compare(
  ours: number | null,
  baseline: number | null,
): Pick<ChaosOutcome, 'ours' | 'baseline' | 'ratio'> {
  return { ours, baseline, ratio: ours === null || baseline === null ? null : ours / baseline };
}

function baselineCountsOf(baseline: Aftermaths): Figures {
  const { struck, visitsLost } = countsOf(baseline);
  return { baselineStruck: struck, baselineVisitsLost: visitsLost };
}

function countsOf(aftermaths: Aftermaths): { readonly struck: number; readonly visitsLost: number } {
  const all = [...aftermaths.values()].flat();
  return { struck: all.length, visitsLost: all.filter(({ isLost }) => isLost).length };
}

/** Null where one of them never came back: then there is no figure that would tell the truth. */
function summaryOf(values: readonly (number | null)[]): { p50: number; p95: number } | null {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length || known.length === 0) return null;
  return { p50: quantile(known, 0.5), p95: quantile(known, 0.95) };
}

function figuresOf(fault: Fault, aftermaths: readonly Aftermath[]): Figures & { readonly ok: boolean } {
  const summaries = MEASURES.map((measure) => {
    const summary = summaryOf(aftermaths.map((aftermath) => aftermath[measure] ?? null));
    const goal = fault.goal[measure] ?? null;
    return { measure, summary, goal, ok: goal === null || (summary !== null && summary.p95 <= goal) };
  });
  return {
    ...Object.fromEntries(
      summaries.map(({ measure, summary, goal, ok }) => [
        measure,
        { p50: summary?.p50 ?? null, p95: summary?.p95 ?? null, goal, ok },
      ]),
    ),
    ...soundOf(aftermaths),
    ok: summaries.every(({ ok }) => ok) && isUnderstood(fault, aftermaths),
  };
}

/** Null for a fault that the baseline cannot suffer, or where it was left out. */
function baselineFiguresOf(aftermaths: readonly Aftermath[] | undefined): Figures | null {
  if (!aftermaths) return null;
  return {
    pictureMs: summaryOf(aftermaths.map(({ pictureMs }) => pictureMs)),
    gapMs: summaryOf(aftermaths.map(({ gapMs }) => gapMs)),
    ...soundOf(aftermaths),
    struck: aftermaths.length,
    visitsLost: aftermaths.filter(({ isLost }) => isLost).length,
  };
}

function soundOf(aftermaths: readonly Aftermath[]): Figures {
  const soundWaitMs = summaryOf(aftermaths.map((aftermath) => aftermath.soundWaitMs));
  const sounds = aftermaths.flatMap(({ sound }) => (sound ? [sound] : []));
  if (sounds.length === 0) return { soundWaitMs };
  const stoi = lowerSummaryOf(sounds.map((sound) => sound.stoi));
  return {
    soundWaitMs,
    concealedShare: summaryOf(sounds.map(({ concealedShare }) => concealedShare)),
    stoi,
    wordsUnderstood: { p50: wordsUnderstood(stoi.p50), p05: wordsUnderstood(stoi.p05) },
    stoiBefore: lowerSummaryOf(sounds.map(({ stoiBefore }) => stoiBefore)),
  };
}

function isUnderstood({ goal }: Fault, aftermaths: readonly Aftermath[]): boolean {
  if (goal.stoi === undefined) return true;
  const scores = aftermaths.map(({ sound }) => sound?.stoi ?? 0);
  return quantile(scores, 0.05) >= goal.stoi;
}

/** Of a figure that is better the larger it is. */
function lowerSummaryOf(values: readonly number[]): { p50: number; p05: number } {
  return { p50: quantile(values, 0.5), p05: quantile(values, 0.05) };
}

function p95Of(aftermaths: Aftermaths, name: string): number | null {
  const found = [...aftermaths].find(([fault]) => fault.name === name);
  return found ? (summaryOf(found[1].map(({ pictureMs }) => pictureMs))?.p95 ?? null) : null;
}
