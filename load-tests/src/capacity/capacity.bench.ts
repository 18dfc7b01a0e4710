/*
 * How much our `sfu` forwards on one core until it is late or loses something, beside bare mediasoup.
 *
 * What: packets handed out a second when the slowest hundredth takes longer than 20 ms through the server, or more than
 * 0.1 % do not arrive, in rooms of one publisher and several watchers, with one media worker.
 * Why it is fair: the same native clients, rooms and packets; the servers share one core, of which only the one under
 * load uses any, and the clients have the other; the servers take turns, and the figure is the median of the turns' ratios.
 * What limits it: of each room one watcher is listened to, the others only receive, because two cores cannot look at
 * every packet. The delay contains what the load's own process adds; its lateness is printed beside it, and where the
 * server had not used up its core when it broke, the load gave out first and the figure is a lower bound.
 */
import { parseArgs } from 'node:util';
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { median } from '../core/statistics.ts';
import { startBareMediasoup } from '../sfu/bare.ts';
import type { Clients, MeasuredServer } from '../sfu/measured-server.ts';
import { startOurSfu } from '../sfu/ours.ts';
import { pinApart } from './pin.ts';
import { ramp, type Ramp, type ReadyServer } from './ramp.ts';
import { newStampingSender, type ProbedRoom } from './stamped-traffic.ts';

const GOAL = 0.97;
/** Beyond this share of its core a server, and not the load, is what gave out. */
const USED_UP = 0.85;

export const capacityBench: Bench = {
  summary: 'how many packets a second our sfu forwards in time, beside bare mediasoup',
  flags: [
    '--turns 3       ramps of each server',
    '--seconds 2     length of one window',
    '--rooms 8       rooms with one publisher each',
    '--watchers 7    watchers in each room',
    '--from 300      RTP packets a second of each publisher to begin with',
    '--factor 1.25   from one step to the next',
  ],
  async run(args) {
    const { rooms, watchers, turns, ...options } = readOptions(args);
    const started: MeasuredServer[] = [];
    try {
      for (const start of [startOurSfu, startBareMediasoup]) started.push(await start());
      const ready: ReadyServer[] = [];
      for (const server of started) {
        const { name, pid } = server;
        if (name === 'janus') continue;
        const probed = probe(await server.join({ rooms, watchers }), watchers);
        ready.push({ name, pid, rooms: probed, watchersPerRoom: watchers });
      }
      const isPinned = pinApart(
        process.pid,
        ready.map(({ pid }) => pid),
      );
      const ramps = { careconnect: [] as Ramp[], mediasoup: [] as Ramp[] };
      for (let turn = 0; turn < turns; turn++) {
        for (const server of turn % 2 === 0 ? ready : ready.toReversed()) {
          const result = await ramp(server, options);
          print(server.name, result);
          ramps[server.name].push(result);
        }
      }
      return toOutcome(ramps, isPinned);
    } finally {
      for (const server of started) await server.stop();
    }
  },
};

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      turns: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      rooms: { type: 'string', default: '8' },
      watchers: { type: 'string', default: '7' },
      from: { type: 'string', default: '300' },
      factor: { type: 'string', default: '1.25' },
    },
  });
  return {
    turns: Number(values.turns),
    seconds: Number(values.seconds),
    rooms: Number(values.rooms),
    watchers: Number(values.watchers),
    from: Number(values.from),
    factor: Number(values.factor),
  };
}

/** Watchers come room by room. */
function probe({ publishing, watchers }: Clients, perRoom: number): ProbedRoom[] {
  return publishing.flatMap((publisher, room) => {
    const first = watchers[room * perRoom];
    return first ? [{ sender: newStampingSender(publisher), probe: first }] : [];
  });
}

function print(name: string, { points, capacity, cpuShareAtLimit }: Ramp): void {
  for (const point of points) {
    const { deliveriesPerSecond, p50, p99, loss, cpuShare, ownLatenessP99, isGood } = point;
    console.log(
      `  ${name.padEnd(12)} ${String(deliveriesPerSecond).padStart(7)}/s  p50 ${p50.toFixed(1)} ms  ` +
        `p99 ${p99.toFixed(1)} ms  lost ${(loss * 100).toFixed(3)} %  CPU ${(cpuShare * 100).toFixed(0)} %  ` +
        `(load late by ${ownLatenessP99.toFixed(1)} ms)${isGood ? '' : '  ✗'}`,
    );
  }
  console.log(
    `${name} forwards ${capacity}/s, at its limit with ${(cpuShareAtLimit * 100).toFixed(0)} % of its core`,
  );
}

function toOutcome(ramps: { careconnect: Ramp[]; mediasoup: Ramp[] }, isPinned: boolean): Outcome {
  const ours = median(ramps.careconnect.map(({ capacity }) => capacity));
  const baseline = median(ramps.mediasoup.map(({ capacity }) => capacity));
  const ratio = median(
    ramps.careconnect.map(({ capacity }, turn) => capacity / (ramps.mediasoup[turn]?.capacity ?? NaN)),
  );
  const usedUp = [...ramps.careconnect, ...ramps.mediasoup].map(({ cpuShareAtLimit }) => cpuShareAtLimit);
  const isServerTheLimit = isPinned && Math.min(...usedUp) >= USED_UP;
  return {
    name: 'capacity',
    ours,
    baseline,
    unit: 'packets a second handed out in time',
    ratio,
    goal: `ratio ≥ ${GOAL}`,
    ok: ratio >= GOAL && isServerTheLimit,
    figures: {
      isServerTheLimit,
      cpuShareAtLimit: median(usedUp),
      curve: curveOf(ramps.careconnect.at(-1)),
      baselineCurve: curveOf(ramps.mediasoup.at(-1)),
    },
  };
}

/** p99 in ms by deliveries a second. */
function curveOf(last: Ramp | undefined): Figures {
  return Object.fromEntries((last?.points ?? []).map((point) => [point.deliveriesPerSecond, point.p99]));
}
