/*
 * Ten thousand waiting patients on one signaling node, beside bare Socket.IO with the same adapter and settings.
 *
 * What: CPU of the server for each "you are the third now" that reaches a patient, and its memory for each patient, at
 * growing numbers of them. A round tells everybody once, in pushes of as many as api puts into one.
 * Why it is fair: the same clients in a process of their own, the same news over HTTP, both servers up at once with all
 * patients connected, one at work while the other idles, in rounds whose order turns over. The baseline looks a socket
 * up and emits; ours checks who pushes, checks the news against the contract, and takes each visit's turn for it. The
 * ratio is the median of the rounds' own ratios.
 * What limits it: clients decode nothing. Ours holds a seat, a visit and a limiter for each client; the baseline holds
 * a socket. Memory is what the process keeps resident after it has settled, so it contains what nobody has collected.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { cpuSecondsOf } from '../core/process-cpu.ts';
import { median } from '../core/statistics.ts';
import { newSeat, startCrowd, type Crowd, type Seat } from './crowd.ts';
import {
  residentBytesOf,
  startBareSocketIo,
  startOurSignaling,
  type SocketServer,
} from './socket-servers.ts';

const GOAL = 1.1;
/** As many as one push of api may hold. */
const AT_ONCE = 500;
const SETTLE_MS = 6_000;
const ARRIVAL_TIMEOUT_MS = 30_000;
const MICROSECONDS = 1e6;

interface Side {
  readonly server: SocketServer;
  readonly crowd: Crowd;
  readonly seats: Seat[];
  readonly bytesBefore: number;
}

/** What one number of clients costs. */
interface Level {
  readonly clients: number;
  /** Microseconds of CPU per delivery, of each round. */
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
  /** Resident bytes per client. */
  readonly ourBytes: number;
  readonly baselineBytes: number;
}

export const socketsBench: Bench = {
  summary: 'CPU per delivery and memory per client of our signaling, beside bare Socket.IO',
  flags: ['--clients 1000,5000,10000   waiting patients, at each of which is measured', '--rounds 10'],
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        clients: { type: 'string', default: '1000,5000,10000' },
        rounds: { type: 'string', default: '10' },
      },
    });
    const sides: Side[] = [];
    try {
      for (const start of [startOurSignaling, startBareSocketIo]) {
        const server = await start();
        sides.push({ server, crowd: startCrowd(), seats: [], bytesBefore: residentBytesOf(server.pid) });
      }
      const levels: Level[] = [];
      for (const clients of values.clients.split(',').map(Number))
        levels.push(await measureLevel(sides, clients, Number(values.rounds)));
      return toOutcome(levels);
    } finally {
      for (const { server, crowd } of sides) {
        crowd.stop();
        await server.stop();
      }
    }
  },
};

async function measureLevel(sides: readonly Side[], clients: number, rounds: number): Promise<Level> {
  for (const side of sides) await grow(side, clients);
  await sleep(SETTLE_MS);
  const [ourBytes = NaN, baselineBytes = NaN] = sides.map(bytesPerClient);
  const costs = new Map(sides.map((side) => [side, [] as number[]]));
  // The first of each is for the compiler.
  for (let round = 0; round <= rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const cost = await tellEverybody(side);
      if (round > 0) costs.get(side)?.push(cost);
    }
  }
  const [ours = [], baseline = []] = [...costs.values()];
  console.log(
    `${clients} clients: ${median(ours).toFixed(1)} µs per delivery beside ${median(baseline).toFixed(1)}, ` +
      `${(ourBytes / 1024).toFixed(1)} kB per client beside ${(baselineBytes / 1024).toFixed(1)}`,
  );
  return { clients, ours, baseline, ourBytes, baselineBytes };
}

async function grow({ server, crowd, seats }: Side, clients: number): Promise<void> {
  const added = Array.from({ length: clients - seats.length }, newSeat);
  await crowd.connect(server.origin, added, server.ticketSecret);
  seats.push(...added);
}

function bytesPerClient({ server, seats, bytesBefore }: Side): number {
  return (residentBytesOf(server.pid) - bytesBefore) / seats.length;
}

/** Microseconds of the server's CPU per delivery. */
async function tellEverybody({ server, crowd, seats }: Side): Promise<number> {
  const until = (await crowd.delivered()) + seats.length;
  const before = cpuSecondsOf(server.pid).own;
  for (let from = 0; from < seats.length; from += AT_ONCE)
    await server.tell(seats.slice(from, from + AT_ONCE).map(({ visitId }) => visitId));
  const deadline = performance.now() + ARRIVAL_TIMEOUT_MS;
  while ((await crowd.delivered()) < until) {
    if (performance.now() > deadline) throw new Error(`${server.name} has not told everybody.`);
    await sleep(5);
  }
  return ((cpuSecondsOf(server.pid).own - before) * MICROSECONDS) / seats.length;
}

function ratioOf({ ours, baseline }: Level): number {
  return median(ours.map((cost, round) => cost / (baseline[round] ?? NaN)));
}

function toOutcome(levels: readonly Level[]): Outcome {
  const largest = levels.at(-1);
  if (!largest) throw new Error('There is nothing to measure without clients.');
  const ratio = ratioOf(largest);
  return {
    name: 'sockets',
    ours: median(largest.ours),
    baseline: median(largest.baseline),
    unit: 'µs of CPU per delivery',
    ratio,
    goal: `ratio ≤ ${GOAL}`,
    ok: ratio <= GOAL,
    figures: Object.fromEntries(levels.map((level) => [`at${level.clients}`, figuresOf(level)])),
  };
}

function figuresOf(level: Level): Figures {
  return {
    ours: median(level.ours),
    baseline: median(level.baseline),
    ratio: ratioOf(level),
    kilobytesPerClient: level.ourBytes / 1024,
    baselineKilobytesPerClient: level.baselineBytes / 1024,
  };
}
