/*
 * CPU of our `sfu` per delivered packet, beside bare mediasoup and, where it is installed, Janus.
 *
 * What: CPU time of the whole process tree (Node and media worker; all threads of Janus) divided by the
 * RTP packets that reached watchers, while publishers send 720p-like VP8 into rooms of eight.
 * Why it is fair: the same native clients (real ICE, DTLS and SRTP), the same rooms and packets, one media
 * worker each; all servers run at once with all clients joined, and traffic goes through one of them at a
 * time, in rounds whose order turns over, so that a slow minute of the machine hits all alike. The figure
 * is the median of the rounds' own ratios.
 * What limits it: clients report no bandwidth estimates and lose nothing, so feedback, retransmission and
 * layer changes are not in the figure; two cores carry load generator and server together.
 */
import { parseArgs } from 'node:util';
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { median, sum } from '../core/statistics.ts';
import { startBareMediasoup } from './bare.ts';
import { startJanusServer } from './janus.ts';
import { load, measure, type LoadedServer, type Segment } from './measure.ts';
import type { MeasuredServer } from './measured-server.ts';
import { startOurSfu } from './ours.ts';

const GOAL_TO_BARE = 1.03;
const GOAL_TO_JANUS = 0.55;

type ServerName = MeasuredServer['name'];
type Rounds = Readonly<Record<ServerName, Segment[]>>;

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly rooms: number;
  readonly watchers: number;
  readonly packetsPerSecond: number;
  readonly janus: boolean;
}

export const sfuBench: Bench = {
  summary: 'CPU of our sfu per delivered packet, beside bare mediasoup and Janus',
  flags: [
    '--rounds 40     segments of each server',
    '--seconds 2     length of a segment; short, so that a slow moment hits all servers',
    '--rooms 12      rooms with one publisher each',
    '--watchers 7    watchers in each room',
    '--rate 240      RTP packets a second of each publisher',
    '--no-janus      leave Janus out where it is installed',
  ],
  async run(args) {
    const options = readOptions(args);
    const servers: MeasuredServer[] = [];
    try {
      for (const start of [startOurSfu, startBareMediasoup, ...(options.janus ? [startJanusServer] : [])]) {
        const server = await start();
        if (server) servers.push(server);
      }
      return toOutcome(await runRounds(servers, options), options);
    } finally {
      for (const server of servers) await server.stop();
    }
  },
};

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      rounds: { type: 'string', default: '40' },
      seconds: { type: 'string', default: '2' },
      rooms: { type: 'string', default: '12' },
      watchers: { type: 'string', default: '7' },
      rate: { type: 'string', default: '240' },
      janus: { type: 'boolean', default: true },
    },
  });
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    rooms: Number(values.rooms),
    watchers: Number(values.watchers),
    packetsPerSecond: Number(values.rate),
    janus: values.janus,
  };
}

async function runRounds(servers: readonly MeasuredServer[], options: Options): Promise<Rounds> {
  const rounds: Rounds = { careconnect: [], mediasoup: [], janus: [] };
  const loaded: LoadedServer[] = [];
  for (const server of servers) {
    console.log(`joining ${options.rooms * (options.watchers + 1)} clients to ${server.name}`);
    loaded.push(await load(server, options, options));
  }
  for (let round = 1; round <= options.rounds; round++) {
    const order = round % 2 === 0 ? loaded.toReversed() : loaded;
    for (const each of order) rounds[each.server.name].push(await measure(each, options.seconds));
    const figures = loaded.map(({ server: { name } }) => {
      return `${name} ${rounds[name].at(-1)?.microsecondsPerPacket.toFixed(2)}`;
    });
    console.log(`round ${round} of ${options.rounds}, µs of CPU per packet: ${figures.join(', ')}`);
  }
  return rounds;
}

function toOutcome(rounds: Rounds, options: Options): Outcome {
  const ours = medianCost(rounds.careconnect);
  const baseline = medianCost(rounds.mediasoup);
  const ratio = medianRatio(rounds.careconnect, rounds.mediasoup);
  const janus = rounds.janus.length === 0 ? null : compareToJanus(rounds);
  return {
    name: 'sfu',
    ours,
    baseline,
    unit: 'µs of CPU per delivered packet',
    ratio,
    goal: `ratio ≤ ${GOAL_TO_BARE}, to Janus ≤ ${GOAL_TO_JANUS}`,
    ok: ratio <= GOAL_TO_BARE && janus?.['ok'] !== false,
    figures: {
      janus,
      nodeShare: medianNode(rounds.careconnect) / ours,
      baselineNodeShare: medianNode(rounds.mediasoup) / baseline,
      rounds: options.rounds,
      segmentSeconds: options.seconds,
      clients: options.rooms * (options.watchers + 1),
      packets: sum(
        Object.values(rounds)
          .flat()
          .map(({ packets }) => packets),
      ),
    },
  };
}

function compareToJanus(rounds: Rounds): Figures {
  const ratio = medianRatio(rounds.careconnect, rounds.janus);
  return { baseline: medianCost(rounds.janus), ratio, goal: GOAL_TO_JANUS, ok: ratio <= GOAL_TO_JANUS };
}

function medianCost(segments: readonly Segment[]): number {
  return median(segments.map(({ microsecondsPerPacket }) => microsecondsPerPacket));
}

function medianNode(segments: readonly Segment[]): number {
  return median(segments.map(({ ownMicrosecondsPerPacket }) => ownMicrosecondsPerPacket));
}

function medianRatio(ours: readonly Segment[], theirs: readonly Segment[]): number {
  return median(
    ours.map((segment, round) => {
      const other = theirs[round];
      return other ? segment.microsecondsPerPacket / other.microsecondsPerPacket : Number.NaN;
    }),
  );
}
