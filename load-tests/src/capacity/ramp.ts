import { setTimeout as delay } from 'node:timers/promises';
import { cpuSecondsOf } from '../core/process-cpu.ts';
import { median } from '../core/statistics.ts';
import type { Audience } from './audience.ts';
import { FRAMES_PER_SECOND, passThrough, type Passage, type ProbedRoom } from './stamped-traffic.ts';

/** A server with everybody joined. */
export interface ReadyServer {
  readonly name: 'careconnect' | 'mediasoup';
  readonly pid: number;
  readonly rooms: readonly ProbedRoom[];
  readonly watchersPerRoom: number;
}

/** How a server did at one load: medians of its windows. */
export interface Point extends Passage {
  /** Packets that the server hands out in a second. */
  readonly deliveriesPerSecond: number;
  /** Of one core, by the server and its workers. */
  readonly cpuShare: number;
  readonly isGood: boolean;
}

type Window = Omit<Point, 'isGood'>;

export interface RampOptions {
  /** Packets per second of each publisher to begin with. */
  readonly from: number;
  readonly factor: number;
  readonly seconds: number;
  /** At each load; what one of them suffers from the machine, the others do not. */
  readonly windows: number;
}

const DELAY_LIMIT_MS = 20;
const LOSS_LIMIT = 0.001;
const NARROWINGS = 3;
/** Between two windows, for the audience to take what is left for it and to tell the servers that it is there. */
const AWAKE_MS = 1_000;
/** Whatever the servers do, two cores end somewhere. */
const MAX_STEPS = 20;

/** Raises the load on all servers, window by window in turn, until each has broken; then narrows down where. */
export async function ramp(
  servers: readonly ReadyServer[],
  audience: Audience,
  options: RampOptions,
): Promise<Map<ReadyServer, Point[]>> {
  const points = new Map(servers.map((server) => [server, [] as Point[]]));
  const limits = new Map<ReadyServer, { good: number; bad: number }>();
  let rate = options.from;
  for (let step = 0; step < MAX_STEPS && limits.size < servers.length; step++) {
    const standing = servers.filter((server) => !limits.has(server));
    for (const [server, point] of await measureInTurn(standing, audience, rate, options)) {
      points.get(server)?.push(point);
      if (!point.isGood) limits.set(server, { good: rate / options.factor, bad: rate });
    }
    rate *= options.factor;
  }
  for (let step = 0; step < NARROWINGS; step++) {
    for (const [server, limit] of limits) {
      const middle = (limit.good + limit.bad) / 2;
      for (const [, point] of await measureInTurn([server], audience, middle, options)) {
        points.get(server)?.push(point);
        if (point.isGood) limit.good = middle;
        else limit.bad = middle;
      }
    }
  }
  return points;
}

async function measureInTurn(
  servers: readonly ReadyServer[],
  audience: Audience,
  rate: number,
  options: RampOptions,
): Promise<[ReadyServer, Point][]> {
  const taken = new Map(servers.map((server) => [server, [] as Window[]]));
  const broken = (): ReadyServer[] => servers.filter((server) => !toPoint(taken.get(server) ?? []).isGood);
  // Whoever breaks is looked at once more, for it may have been the machine.
  for (const some of [() => servers, broken]) {
    const standing = some();
    for (let window = 0; window < options.windows; window++) {
      for (const server of window % 2 === 0 ? standing : standing.toReversed())
        taken.get(server)?.push(await whileAsleep(audience, () => measure(server, rate, options.seconds)));
    }
  }
  return [...taken].map(([server, all]) => [server, toPoint(all)]);
}

function toPoint(windows: readonly Window[]): Point {
  const of = (figure: keyof Window): number => median(windows.map((window) => window[figure]));
  const [p99, loss] = [of('p99'), of('loss')];
  return {
    p50: of('p50'),
    p99,
    loss,
    ownLatenessP99: of('ownLatenessP99'),
    deliveriesPerSecond: of('deliveriesPerSecond'),
    cpuShare: of('cpuShare'),
    isGood: p99 <= DELAY_LIMIT_MS && loss <= LOSS_LIMIT,
  };
}

async function whileAsleep<T>(audience: Audience, work: () => Promise<T>): Promise<T> {
  await delay(AWAKE_MS);
  audience.sleep();
  try {
    return await work();
  } finally {
    audience.wake();
  }
}

async function measure(
  { pid, rooms, watchersPerRoom }: ReadyServer,
  rate: number,
  seconds: number,
): Promise<Window> {
  const [startedAt, before] = [performance.now(), cpuOf(pid)];
  const passage = await passThrough(rooms, rate, seconds);
  const cpuShare = (cpuOf(pid) - before) / ((performance.now() - startedAt) / 1000);
  const sentPerRoom = Math.round(rate / FRAMES_PER_SECOND) * FRAMES_PER_SECOND;
  return { ...passage, deliveriesPerSecond: sentPerRoom * rooms.length * watchersPerRoom, cpuShare };
}

function cpuOf(pid: number): number {
  const { own, descendants } = cpuSecondsOf(pid);
  return own + descendants;
}
