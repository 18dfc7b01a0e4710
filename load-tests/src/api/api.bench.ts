/*
 * Throughput of our api's two hottest reads, beside fastify and pg.
 *
 * What: free slots of a doctor for the fortnight that the booking page shows, and a doctor's queue of today.
 * Ours verifies the session and the role, counts the rate limit, checks what it was asked and what it answers,
 * decrypts reasons and answers the queue only when its audit row is on disk. The baseline does nothing of this.
 * Why it is fair: the same PostgreSQL with full durability, the same rows, prepared statements that cost it the
 * same and as many pooled connections on both sides, and bodies that are compared byte for byte before anything
 * is measured. Segments alternate, in rounds whose order turns over; the figure is the median of the rounds' own
 * ratios, and of the two reads the worse one counts.
 * What it hides: all connections ask for one doctor's queue, as the desks of a clinic do, and ours lets those who
 * ask during a read share the next one, and their audit rows one commit. Where nobody asks at the same moment
 * there is nothing to share: `todayAlone` is the queue asked for by one connection, for comparison, without a goal.
 * What limits it: load generator, database and server share the machine, so the figure is throughput of
 * the whole and not CPU of the server alone.
 */
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { median } from '../core/statistics.ts';
import { compete, headersOf, readCompeteOptions, type CompeteOptions, type Contest } from './compete.ts';
import { setScene, type HotRead, type Scene } from './scene.ts';
import { startApiServers } from './servers.ts';

const GOAL = 0.7;

export const apiBench: Bench = {
  summary: 'throughput of our hottest reads, beside fastify and pg',
  flags: [
    '--rounds 8          segments of each server and read',
    '--seconds 4         length of a segment',
    '--connections 10    requests under way at a time',
  ],
  async run(args) {
    const options = readCompeteOptions(args, { rounds: '8' });
    const servers = await startApiServers();
    try {
      const scene = await setScene(servers.ours, servers.databaseUrl);
      const baseline = await servers.startBaseline('fastify-pg/server.ts');
      for (const read of scene.reads) await requireSameAnswer(servers.ours, baseline, read, scene);
      return toOutcome(await compete({ ours: servers.ours, baseline }, scene, options), options);
    } finally {
      await servers.stop();
    }
  },
};

async function requireSameAnswer(
  ours: string,
  baseline: string,
  { name, path }: HotRead,
  scene: Scene,
): Promise<void> {
  const [our, their] = await Promise.all(
    [ours, baseline].map(async (origin) => {
      const response = await fetch(`${origin}${path}`, { headers: headersOf(scene) });
      return response.text();
    }),
  );
  if (our !== their) throw new Error(`The two servers answer ${name} differently:\n${our}\n${their}`);
  console.log(`${name}: both answer the same ${our?.length} bytes`);
}

function toOutcome(contests: readonly Contest[], options: CompeteOptions): Outcome {
  const summaries = contests.map(({ read, ours, baseline }) => ({
    name: read.name,
    isAlone: read.isAlone === true,
    ours: median(ours),
    baseline: median(baseline),
    ratio: median(ours.map((figure, round) => figure / (baseline[round] ?? Number.NaN))),
  }));
  const worst = summaries
    .filter(({ isAlone }) => !isAlone)
    .reduce((worse, each) => (each.ratio < worse.ratio ? each : worse));
  const figures: Figures = Object.fromEntries(
    summaries.map(({ name, isAlone, ...summary }) => [
      name,
      isAlone ? summary : { ...summary, ok: summary.ratio >= GOAL },
    ]),
  );
  return {
    name: 'api',
    ours: worst.ours,
    baseline: worst.baseline,
    unit: `answers a second (${worst.name})`,
    ratio: worst.ratio,
    goal: `ratio ≥ ${GOAL}`,
    ok: worst.ratio >= GOAL,
    figures: {
      ...figures,
      rounds: options.rounds,
      segmentSeconds: options.seconds,
      connections: options.connections,
    },
  };
}
