/*
 * A hundred people come in the same moment, beside bare mediasoup with the same client.
 *
 * What: from nothing to the first whole picture, of everybody, when all open their links at once; and from the press of
 * "Join", when all stand at the door with everything prepared, as our lobby has it.
 * Why it is fair: the same native client takes the same steps (transports, offer and answer, ICE and DTLS, play), in the
 * same rooms with the same publishers and one media worker; waves of both take turns, and the figure is the median of
 * the turns' ratios. Ours is the whole stack: a socket with a ticket, api's answer from PostgreSQL, the visit's turn. The
 * baseline answers HTTP without asking who is there, and is prepared at its door too.
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
import { comeToTheDoor, type AtTheDoor, type Steps } from './joiner.ts';
import { openOurStorm } from './our-storm.ts';
import type { StormSide } from './storm-side.ts';

const GOAL = 1.2;
/** Of a visit's twelve, beside the publisher and one who is away. */
const JOINERS_PER_ROOM = 10;
const LIFTED_RATE_LIMIT = '1000';
/** Between waves, for what the last one has left behind. */
const REST_MS = 2_000;

/** Where a wave begins: all at once open their links, or press "Join". */
type Beginning = 'link' | 'door';

interface Wave {
  readonly p50: number;
  readonly p95: number;
  readonly last: number;
  /** Medians, ms. */
  readonly steps: Steps;
  /** Of the server's processes, ms per join. */
  readonly cpu: Figures;
}

interface Turn {
  readonly ours: Wave;
  readonly baseline: Wave;
}

export const stormBench: Bench = {
  summary: 'a hundred joins at once, beside bare mediasoup with the same client',
  flags: [
    '--joins 100   people who come at once, ten to a room',
    '--waves 7     of each server and beginning',
  ],
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
  const turns: Record<Beginning, Turn>[] = [];
  // The first of each is for the compiler.
  for (let wave = 0; wave <= waves; wave++) {
    const isOursFirst = wave % 2 === 0;
    const link = await takeTurn(ours, baseline, 'link', isOursFirst);
    const door = await takeTurn(ours, baseline, 'door', isOursFirst);
    if (wave > 0) turns.push({ link, door });
  }
  ours.close();
  baseline.close();
  return toOutcome(turns);
}

async function takeTurn(
  ours: StormSide,
  baseline: StormSide,
  beginning: Beginning,
  isOursFirst: boolean,
): Promise<Turn> {
  if (isOursFirst) {
    const first = await runWave(ours, beginning);
    return { ours: first, baseline: await runWave(baseline, beginning) };
  }
  const first = await runWave(baseline, beginning);
  return { ours: await runWave(ours, beginning), baseline: first };
}

async function runWave(side: StormSide, beginning: Beginning): Promise<Wave> {
  const before = side.cpuSeconds();
  const coming = side.joiners().map(comeToTheDoor);
  if (beginning === 'door') await Promise.all(coming);
  const joined = await Promise.all(coming.map(goIn));
  const after = Object.entries(side.cpuSeconds());
  await Promise.all(joined.map((one) => one.leave()));
  await sleep(REST_MS);
  const times = joined.map(({ steps: { offered, connected, shown } }) =>
    beginning === 'link' ? offered + connected + shown : shown,
  );
  const wave = {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    last: Math.max(...times),
    steps: mediansOf(joined.map(({ steps }) => steps)),
    cpu: Object.fromEntries(
      after.map(([name, seconds]) => [name, ((seconds - (before[name] ?? 0)) * 1000) / joined.length]),
    ),
  };
  console.log(
    `${side.name} from the ${beginning}: p50 ${wave.p50.toFixed(0)} ms, p95 ${wave.p95.toFixed(0)} ms, all after ${wave.last.toFixed(0)} ms`,
  );
  return wave;
}

async function goIn(coming: Promise<AtTheDoor>): Promise<{ steps: Steps; leave(): Promise<void> }> {
  const door = await coming;
  const joined = await door.join();
  return { steps: { ...door.steps, shown: joined.shown }, leave: () => joined.leave() };
}

function mediansOf(all: readonly Steps[]): Steps {
  const of = (step: keyof Steps): number => median(all.map((steps) => steps[step]));
  return { offered: of('offered'), connected: of('connected'), shown: of('shown') };
}

function toOutcome(turns: readonly Record<Beginning, Turn>[]): Outcome {
  const link = turns.map((turn) => turn.link);
  const door = turns.map((turn) => turn.door);
  const ratio = ratioOf(link, 'p95');
  return {
    name: 'storm',
    ours: median(link.map(({ ours }) => ours.p95)),
    baseline: median(link.map(({ baseline }) => baseline.p95)),
    unit: 'ms from nothing to the first picture (p95)',
    ratio,
    goal: `ratio ≤ ${GOAL}`,
    ok: ratio <= GOAL,
    figures: {
      waves: link.length,
      p50: figuresOf(link, 'p50'),
      last: figuresOf(link, 'last'),
      steps: { ...mediansOf(link.map(({ ours }) => ours.steps)) },
      baselineSteps: { ...mediansOf(link.map(({ baseline }) => baseline.steps)) },
      cpu: link.at(-1)?.ours.cpu ?? null,
      baselineCpu: link.at(-1)?.baseline.cpu ?? null,
      door: {
        p50: figuresOf(door, 'p50'),
        p95: figuresOf(door, 'p95'),
        last: figuresOf(door, 'last'),
        ok: ratioOf(door, 'p95') <= GOAL,
        /** What people wait after the press, beside what they would wait where nothing is prepared. */
        besideLink: ratioOf(
          turns.map((turn) => ({ ours: turn.door.ours, baseline: turn.link.baseline })),
          'p95',
        ),
      },
    },
  };
}

type Measure = 'p50' | 'p95' | 'last';

function figuresOf(turns: readonly Turn[], measure: Measure): Figures {
  return {
    ours: median(turns.map(({ ours }) => ours[measure])),
    baseline: median(turns.map(({ baseline }) => baseline[measure])),
    ratio: ratioOf(turns, measure),
  };
}

function ratioOf(turns: readonly Turn[], measure: Measure): number {
  return median(turns.map(({ ours, baseline }) => ours[measure] / baseline[measure]));
}
