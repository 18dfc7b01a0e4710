/*
 * What it costs to ask whether somebody may.
 *
 * What: our two hottest reads, by our api as it is, beside the same api without the roles of endpoints, the policies of
 * rows and row-level security.
 * Why it is fair: one code, one database, one machine, the same session, rate limits and audit on both sides; that the
 * baseline really lets everyone in is tried before anything is measured.
 * What it hides: who is signed in is found out on both sides, for without that there is nobody to ask about.
 * What limits it: load generator, database and server share the machine, so the figure is of the whole.
 */
import { compete, headersOf, readCompeteOptions, type CompeteOptions, type Contest } from '../api/compete.ts';
import { setScene, type Scene } from '../api/scene.ts';
import { startApiServers } from '../api/servers.ts';
import { signIn } from '../core/api-client.ts';
import type { Bench } from '../core/bench.ts';
import { DEMO_PHARMACIST } from '../core/demo-clinic.ts';
import type { Outcome } from '../core/outcome.ts';
import { median } from '../core/statistics.ts';

/** Authorisation adds five per cent at the most. */
const GOAL = 0.95;
const LET_EVERYONE_IN = new URL('./let-everyone-in.ts', import.meta.url).href;

export const authorisationBench: Bench = {
  summary: 'throughput of our hottest reads, beside the same without authorisation',
  flags: [
    '--rounds 10         segments of each server and read',
    '--seconds 4         length of a segment',
    '--connections 10    requests under way at a time',
  ],
  async run(args) {
    const options = readCompeteOptions(args, { rounds: '10' });
    const servers = await startApiServers();
    try {
      const scene = await setScene(servers.ours, servers.databaseUrl);
      const baseline = await servers.startOurs({ NODE_OPTIONS: `--import ${LET_EVERYONE_IN}` });
      await requireOpen(servers.ours, baseline, scene);
      return toOutcome(await compete({ ours: servers.ours, baseline }, scene, options), options);
    } finally {
      await servers.stop();
    }
  },
};

/** A pharmacist sees a doctor's queue where nobody asks whether they may. */
async function requireOpen(ours: string, baseline: string, { reads }: Scene): Promise<void> {
  const pharmacist = await signIn(ours, DEMO_PHARMACIST);
  const path = reads.find(({ name }) => name === 'today')?.path ?? '';
  const [our, their] = await Promise.all(
    [ours, baseline].map((origin) => fetch(`${origin}${path}`, { headers: headersOf(pharmacist) })),
  );
  if (our?.status !== 403 || their?.status !== 200) {
    throw new Error(`A pharmacist got ${our?.status} of ours and ${their?.status} of the baseline.`);
  }
}

function toOutcome(contests: readonly Contest[], options: CompeteOptions): Outcome {
  const summaries = contests.map(({ read, ours, baseline }) => ({
    name: read.name,
    ours: median(ours),
    baseline: median(baseline),
    ratio: median(ours.map((figure, round) => figure / (baseline[round] ?? Number.NaN))),
  }));
  const worst = summaries.reduce((worse, each) => (each.ratio < worse.ratio ? each : worse));
  return {
    name: 'authorisation',
    ours: worst.ours,
    baseline: worst.baseline,
    unit: `answers a second (${worst.name})`,
    ratio: worst.ratio,
    goal: `ratio ≥ ${GOAL}`,
    ok: worst.ratio >= GOAL,
    figures: {
      ...Object.fromEntries(
        summaries.map(({ name, ...summary }) => [name, { ...summary, ok: summary.ratio >= GOAL }]),
      ),
      rounds: options.rounds,
      segmentSeconds: options.seconds,
      connections: options.connections,
    },
  };
}
