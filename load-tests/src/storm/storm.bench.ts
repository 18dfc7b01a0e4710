/*
 * A hundred people open their links in the same moment, beside bare mediasoup with the same client.
 *
 * What: from nothing to the first whole picture, of everybody, when all begin at once.
 * Why it is fair: the same native client takes the same steps (transports, offer and answer, ICE and DTLS, play), in the
 * same rooms with the same publishers and one media worker; waves of both take turns, and the figure is the median of
 * the turns' ratios. Ours is the whole stack: a socket with a ticket, api's answer from PostgreSQL, the visit's turn. The
 * baseline answers HTTP without asking who is there.
 * What limits it: clients and servers share the machine; the clients' side of a hundred handshakes is in both figures.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../../scripts/stack/free-port.ts';
import { startStack, type Stack } from '../../../scripts/stack/stack.ts';
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { createScratchDirectory } from '../core/scratch-directory.ts';
import { median, quantile } from '../core/statistics.ts';
import { startBareControl } from '../sfu/bare.ts';
import { openBareStorm } from './bare-storm.ts';
import { joinCold, type Steps } from './cold-join.ts';
import { openOurStorm } from './our-storm.ts';
import type { StormSide } from './storm-side.ts';

const GOAL = 1.2;
/** Of a visit's twelve, beside the publisher and one who is away. */
const JOINERS_PER_ROOM = 10;
const LIFTED_RATE_LIMIT = '1000';
/** Between waves, for what the last one has left behind. */
const REST_MS = 2_000;

interface Wave {
  readonly p50: number;
  readonly p95: number;
  readonly last: number;
  /** Medians, ms. */
  readonly steps: Steps;
  /** Of the server's processes, ms per join. */
  readonly cpu: Figures;
}

export const stormBench: Bench = {
  summary: 'a hundred joins at once, beside bare mediasoup with the same client',
  flags: ['--joins 100   people who come at once, ten to a room', '--waves 7     of each server'],
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { joins: { type: 'string', default: '100' }, waves: { type: 'string', default: '7' } },
    });
    const rooms = Math.ceil(Number(values.joins) / JOINERS_PER_ROOM);
    const scratch = createScratchDirectory('bench-storm');
    const bare = await startBareControl();
    let stack: Stack | null = null;
    try {
      stack = await startStack({
        dataDir: scratch.path,
        seed: 'demo',
        port: await freePort(),
        env: { RATE_LIMIT_FACTOR: LIFTED_RATE_LIMIT, SFU_WORKERS: '1' },
      });
      const ours = await openOurStorm(stack, rooms, JOINERS_PER_ROOM);
      const baseline = await openBareStorm(bare, rooms, JOINERS_PER_ROOM);
      return await measure(ours, baseline, Number(values.waves));
    } finally {
      await stack?.stop();
      await bare.stop();
      scratch.remove();
    }
  },
};

async function measure(ours: StormSide, baseline: StormSide, waves: number): Promise<Outcome> {
  const results = { careconnect: [] as Wave[], mediasoup: [] as Wave[] };
  // The first of each is for the compiler.
  for (let wave = 0; wave <= waves; wave++) {
    for (const side of wave % 2 === 0 ? [ours, baseline] : [baseline, ours]) {
      const result = await runWave(side);
      console.log(
        `${side.name}: p50 ${result.p50.toFixed(0)} ms, p95 ${result.p95.toFixed(0)} ms, all after ${result.last.toFixed(0)} ms`,
      );
      if (wave > 0) results[side.name].push(result);
    }
  }
  ours.close();
  baseline.close();
  return toOutcome(results.careconnect, results.mediasoup);
}

async function runWave(side: StormSide): Promise<Wave> {
  const before = side.cpuSeconds();
  const joined = await Promise.all(side.joiners().map(joinCold));
  const after = Object.entries(side.cpuSeconds());
  const times = joined.map(({ milliseconds }) => milliseconds);
  await Promise.all(joined.map((one) => one.leave()));
  await sleep(REST_MS);
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    last: Math.max(...times),
    steps: mediansOf(joined.map(({ steps }) => steps)),
    cpu: Object.fromEntries(
      after.map(([name, seconds]) => [name, ((seconds - (before[name] ?? 0)) * 1000) / joined.length]),
    ),
  };
}

function mediansOf(all: readonly Steps[]): Steps {
  const of = (step: keyof Steps): number => median(all.map((steps) => steps[step]));
  return { offered: of('offered'), connected: of('connected'), shown: of('shown') };
}

function toOutcome(ours: readonly Wave[], baseline: readonly Wave[]): Outcome {
  const ratioOf = (figure: 'p50' | 'p95' | 'last'): number =>
    median(ours.map((wave, turn) => wave[figure] / (baseline[turn]?.[figure] ?? NaN)));
  const ratio = ratioOf('p95');
  return {
    name: 'storm',
    ours: median(ours.map(({ p95 }) => p95)),
    baseline: median(baseline.map(({ p95 }) => p95)),
    unit: 'ms from nothing to the first picture (p95)',
    ratio,
    goal: `ratio ≤ ${GOAL}`,
    ok: ratio <= GOAL,
    figures: {
      waves: ours.length,
      steps: { ...mediansOf(ours.map(({ steps }) => steps)) },
      cpu: ours.at(-1)?.cpu ?? null,
      baselineCpu: baseline.at(-1)?.cpu ?? null,
      baselineSteps: { ...mediansOf(baseline.map(({ steps }) => steps)) },
      p50: { ours: median(ours.map(({ p50 }) => p50)), ratio: ratioOf('p50') },
      last: { ours: median(ours.map(({ last }) => last)), ratio: ratioOf('last') },
    },
  };
}
