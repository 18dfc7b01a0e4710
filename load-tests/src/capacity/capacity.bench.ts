/*
 * How much our `sfu` forwards on one core until it is late or loses something, beside bare mediasoup.
 *
 * What: packets handed out a second when the slowest hundredth takes longer than 20 ms through the server, or more than
 * 0.1 % do not arrive, in rooms of one publisher and several watchers, with one media worker.
 * Why it is fair: the same native clients, rooms and packets; the servers share one core, of which only the one under
 * load uses any, and the clients have the other; at each load the servers take turns, window by window, and what counts
 * is the median of a server's windows there.
 * What limits it: of each room one watcher's packets are looked at, because two cores cannot look at all of them. The
 * others sleep while a window lasts; what is sent to them reaches the kernel's sockets. The delay contains what the load's
 * own process adds; its lateness is printed beside it. Where a server had not used up its core when it broke, the load
 * gave out first, and the figure is a lower bound.
 */
import { parseArgs } from 'node:util';
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { startBareMediasoup } from '../sfu/bare.ts';
import type { Clients, MeasuredServer } from '../sfu/measured-server.ts';
import { startOurSfu } from '../sfu/ours.ts';
import { LONGEST_SLEEP_MS, startAudience, type Audience } from './audience.ts';
import { pinApart } from './pin.ts';
import { ramp, type Point, type ReadyServer } from './ramp.ts';
import { AROUND_A_WINDOW_MS, newStampingSender, type ProbedRoom } from './stamped-traffic.ts';

const GOAL = 0.97;
/** Beyond this share of its core a server, and not the load, is what gave out. */
const USED_UP = 0.8;

export const capacityBench: Bench = {
  summary: 'how many packets a second our sfu forwards in time, beside bare mediasoup',
  flags: [
    '--windows 5     of each server at each load',
    '--seconds 1.5   length of one window',
    '--rooms 8       rooms with one publisher each',
    '--watchers 11   watchers in each room: with its publisher as many as a visit has at most',
    '--from 600      RTP packets a second of each publisher to begin with',
    '--factor 1.2    from one load to the next',
  ],
  async run(args) {
    const { rooms, watchers, ...options } = readOptions(args);
    const started: MeasuredServer[] = [];
    const audience = await startAudience();
    const newAudience = () => Array.from({ length: watchers - 1 }, () => audience.newWatcher());
    try {
      for (const start of [startOurSfu, startBareMediasoup]) started.push(await start());
      const ready: ReadyServer[] = [];
      for (const server of started) {
        const { name, pid } = server;
        if (name === 'janus') continue;
        const probed = probe(await server.join({ rooms, watchers: 1, newAudience }));
        ready.push({ name, pid, rooms: probed, watchersPerRoom: watchers });
      }
      const pids = ready.map(({ pid }) => pid);
      const isPinned = pinApart([process.pid, audience.pid], pids);
      const points = await ramp(ready, audience, options);
      for (const [{ name }, all] of points) print(name, all);
      await expectAllThere(audience, ready.length * rooms * (watchers - 1));
      const [ours = [], baseline = []] = [...points.values()];
      return toOutcome(ours, baseline, isPinned);
    } finally {
      audience.stop();
      for (const server of started) await server.stop();
    }
  },
};

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      windows: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1.5' },
      rooms: { type: 'string', default: '8' },
      watchers: { type: 'string', default: '11' },
      from: { type: 'string', default: '600' },
      factor: { type: 'string', default: '1.2' },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds * 1_000 < LONGEST_SLEEP_MS - AROUND_A_WINDOW_MS))
    throw new Error('A window must be so short that no server gives up the watchers who sleep meanwhile.');
  return {
    windows: Number(values.windows),
    seconds,
    rooms: Number(values.rooms),
    watchers: Number(values.watchers),
    from: Number(values.from),
    factor: Number(values.factor),
  };
}

/** To those whom a server has let go it would have to send nothing, and is said to have. */
async function expectAllThere(audience: Audience, count: number): Promise<void> {
  const connected = await audience.countConnected();
  if (connected !== count) throw new Error(`Of ${count} watchers only ${connected} are still connected.`);
}

/** Of each room one watcher's packets are looked at. */
function probe({ publishing, watchers }: Clients): ProbedRoom[] {
  return publishing.flatMap((publisher, room) => {
    const watcher = watchers[room];
    return watcher ? [{ sender: newStampingSender(publisher), probe: watcher }] : [];
  });
}

function print(name: string, points: readonly Point[]): void {
  for (const point of points) {
    const { deliveriesPerSecond, p50, p99, loss, cpuShare, ownLatenessP99, isGood } = point;
    console.log(
      `  ${name.padEnd(12)} ${String(deliveriesPerSecond).padStart(7)}/s  p50 ${p50.toFixed(1)} ms  ` +
        `p99 ${p99.toFixed(1)} ms  lost ${(loss * 100).toFixed(3)} %  CPU ${(cpuShare * 100).toFixed(0)} %  ` +
        `(load late by ${ownLatenessP99.toFixed(1)} ms)${isGood ? '' : '  ✗'}`,
    );
  }
  console.log(`${name} forwards ${capacityOf(points)}/s`);
}

function capacityOf(points: readonly Point[]): number {
  return Math.max(0, ...points.filter(({ isGood }) => isGood).map((point) => point.deliveriesPerSecond));
}

/** Of the server's core, where it broke. */
function shareAtLimit(points: readonly Point[]): number {
  return Math.max(...points.filter(({ isGood }) => !isGood).map(({ cpuShare }) => cpuShare));
}

function toOutcome(ours: readonly Point[], baseline: readonly Point[], isPinned: boolean): Outcome {
  const ratio = capacityOf(ours) / capacityOf(baseline);
  const isServerTheLimit = isPinned && Math.min(shareAtLimit(ours), shareAtLimit(baseline)) >= USED_UP;
  return {
    name: 'capacity',
    ours: capacityOf(ours),
    baseline: capacityOf(baseline),
    unit: 'packets a second handed out in time',
    ratio,
    goal: `ratio ≥ ${GOAL}`,
    ok: ratio >= GOAL && isServerTheLimit,
    figures: {
      isServerTheLimit,
      cpuShareAtLimit: shareAtLimit(ours),
      baselineCpuShareAtLimit: shareAtLimit(baseline),
      curve: curveOf(ours),
      baselineCurve: curveOf(baseline),
    },
  };
}

/** p99 in ms by deliveries a second. */
function curveOf(points: readonly Point[]): Figures {
  return Object.fromEntries(points.map((point) => [point.deliveriesPerSecond, point.p99]));
}
