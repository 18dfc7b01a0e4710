import type { Figures } from '../core/outcome.ts';
import { quantile } from '../core/statistics.ts';
import type { Fault, FaultGoal } from './faults.ts';
import type { ChaosRun } from './run-chaos.ts';
import type { Aftermath } from './strike.ts';

type Measure = keyof FaultGoal;
const MEASURES = ['pictureMs', 'gapMs', 'controlMs'] as const satisfies readonly Measure[];

/** The last line of a run. `ours` and `baseline` are the p95 in ms from the end of an outage to the first picture. */
export interface ChaosOutcome {
  readonly name: 'chaos';
  readonly ours: number | null;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
  readonly figures: Figures;
}

export function toOutcome({ aftermaths, messages }: ChaosRun): ChaosOutcome {
  const faults = [...aftermaths].map(([fault, each]) => ({ fault, figures: figuresOf(fault, each) }));
  const visitsLost = [...aftermaths.values()].flat().filter(({ isLost }) => isLost).length;
  const { messagesLost, messagesDoubled } = messages;
  const isUnharmed = visitsLost === 0 && messagesLost === 0 && messagesDoubled === 0;
  return {
    name: 'chaos',
    ours: p95Of(aftermaths, 'outage'),
    baseline: null,
    ratio: null,
    goal: 'every fault within its own goal at p95, no visit lost, no message lost or doubled',
    ok: isUnharmed && faults.every(({ figures }) => figures.ok),
    figures: {
      faults: Object.fromEntries(faults.map(({ fault, figures }) => [fault.name, figures])),
      struck: [...aftermaths.values()].flat().length,
      visitsLost,
      messagesLost,
      messagesDoubled,
    },
  };
}

/** Null where one of them never came back: then there is no figure that would tell the truth. */
function summaryOf(values: readonly (number | null)[]): { p50: number; p95: number } | null {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length || known.length === 0) return null;
  return { p50: quantile(known, 0.5), p95: quantile(known, 0.95) };
}

function figuresOf(fault: Fault, aftermaths: readonly Aftermath[]): Figures & { readonly ok: boolean } {
  const summaries = MEASURES.map((measure) => {
    const summary = summaryOf(aftermaths.map((aftermath) => aftermath[measure]));
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
    ok: summaries.every(({ ok }) => ok),
  };
}

function p95Of(aftermaths: ChaosRun['aftermaths'], name: string): number | null {
  const found = [...aftermaths].find(([fault]) => fault.name === name);
  return found ? (summaryOf(found[1].map(({ pictureMs }) => pictureMs))?.p95 ?? null) : null;
}
