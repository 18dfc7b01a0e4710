/*
 * How long signing in takes while others sign in too.
 *
 * What: the 95th percentile from arriving to the whole answer, people arriving at one pace. Ours looks for a second
 * factor, slows down guesses, opens a session that can be ended, and writes it down. The baseline finds the account,
 * compares the password and signs a token.
 * Why it is fair: the same accounts in the same PostgreSQL with full durability, and the same hashes, so the same cost of
 * argon2id, which is nearly all of it. Segments alternate.
 * What it hides: all come from one machine, so no connection has to be made over a slow line.
 * What limits it: two processors compare some forty passwords a second each, beside the load generator.
 */
import { parseArgs } from 'node:util';
import { startApiServers } from '../api/servers.ts';
import type { Bench } from '../core/bench.ts';
import type { Outcome } from '../core/outcome.ts';
import { median, quantile } from '../core/statistics.ts';
import { signInAll } from './arrivals.ts';
import { addPeople, costOf } from './people.ts';

const GOAL = 1.5;
const PEOPLE = 400;

export const signInBench: Bench = {
  summary: 'how long signing in takes under load, beside fastify, pg and argon2',
  flags: [
    '--rounds 5          segments of each server',
    '--seconds 8         length of a segment',
    '--rate 20           people who arrive in a second',
  ],
  async run(args) {
    const { rounds, ...pace } = readOptions(args);
    const servers = await startApiServers();
    try {
      const emails = await addPeople(servers.databaseUrl, PEOPLE);
      const baseline = await servers.startBaseline('fastify-argon2/server.ts');
      const times = { ours: [] as number[][], baseline: [] as number[][] };
      // Round 0 warms both up.
      for (let round = 0; round <= rounds; round++) {
        const our = await signInAll(servers.ours, { ...pace, emails });
        const their = await signInAll(baseline, { ...pace, emails });
        if (round === 0) continue;
        times.ours.push(our);
        times.baseline.push(their);
        console.log(
          `round ${round} of ${rounds}: ours ${p95(our).toFixed(1)}, baseline ${p95(their).toFixed(1)} ms`,
        );
      }
      return toOutcome(times, { cost: await costOf(servers.databaseUrl), perSecond: pace.perSecond, rounds });
    } finally {
      await servers.stop();
    }
  },
};

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '8' },
      rate: { type: 'string', default: '20' },
    },
  });
  return { rounds: Number(values.rounds), seconds: Number(values.seconds), perSecond: Number(values.rate) };
}

function p95(times: readonly number[]): number {
  return quantile(times, 0.95);
}

interface Settings {
  readonly cost: string;
  readonly perSecond: number;
  readonly rounds: number;
}

function toOutcome(
  { ours, baseline }: Readonly<Record<'ours' | 'baseline', number[][]>>,
  { cost, perSecond, rounds }: Settings,
): Outcome {
  const [our, their] = [ours, baseline].map((times) => median(times.map(p95))) as [number, number];
  const ratio = median(ours.map((times, round) => p95(times) / p95(baseline[round] ?? [])));
  return {
    name: 'sign-in',
    ours: our,
    baseline: their,
    unit: 'ms, 95th percentile',
    ratio,
    goal: `ratio ≤ ${GOAL}`,
    ok: ratio <= GOAL,
    figures: {
      cost,
      perSecond,
      rounds,
      oursP50: median(ours.flat()),
      baselineP50: median(baseline.flat()),
    },
  };
}
