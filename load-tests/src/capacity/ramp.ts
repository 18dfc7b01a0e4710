import { cpuSecondsOf } from '../core/process-cpu.ts';
import { passThrough, type Passage, type ProbedRoom } from './stamped-traffic.ts';

/** A server with everybody joined. */
export interface ReadyServer {
  readonly name: 'careconnect' | 'mediasoup';
  readonly pid: number;
  readonly rooms: readonly ProbedRoom[];
  readonly watchersPerRoom: number;
}

export interface Point extends Passage {
  /** Packets that the server hands out in a second. */
  readonly deliveriesPerSecond: number;
  /** Of one core, by the server and its workers. */
  readonly cpuShare: number;
  readonly isGood: boolean;
}

export interface Ramp {
  readonly points: readonly Point[];
  /** The most deliveries a second at which all was well. */
  readonly capacity: number;
  /** The server's share of its core where it broke. */
  readonly cpuShareAtLimit: number;
}

export interface RampOptions {
  /** Packets per second of each publisher to begin with. */
  readonly from: number;
  readonly factor: number;
  readonly seconds: number;
}

const DELAY_LIMIT_MS = 20;
const LOSS_LIMIT = 0.001;
const NARROWINGS = 3;
/** Whatever the server does, two cores end somewhere. */
const MAX_STEPS = 25;

/** Raises the load until the server breaks, then narrows down where. */
export async function ramp(server: ReadyServer, { from, factor, seconds }: RampOptions): Promise<Ramp> {
  const points: Point[] = [];
  async function isGoodAt(rate: number): Promise<boolean> {
    // One bad window may be the machine's, two are the load's.
    for (let attempt = 0; attempt < 2; attempt++) {
      const point = await measure(server, rate, seconds);
      points.push(point);
      if (point.isGood) return true;
    }
    return false;
  }

  let good = 0;
  let bad = from;
  for (let step = 0; step < MAX_STEPS && (await isGoodAt(bad)); step++) {
    good = bad;
    bad = good * factor;
  }
  for (let step = 0; step < NARROWINGS; step++) {
    const middle = (good + bad) / 2;
    if (await isGoodAt(middle)) good = middle;
    else bad = middle;
  }
  const broken = points.filter(({ isGood }) => !isGood);
  return {
    points,
    capacity: Math.max(0, ...points.filter(({ isGood }) => isGood).map((point) => point.deliveriesPerSecond)),
    cpuShareAtLimit: Math.max(...broken.map(({ cpuShare }) => cpuShare)),
  };
}

async function measure(
  { pid, rooms, watchersPerRoom }: ReadyServer,
  rate: number,
  seconds: number,
): Promise<Point> {
  const [startedAt, before] = [performance.now(), cpuOf(pid)];
  const passage = await passThrough(rooms, rate, seconds);
  const cpuShare = (cpuOf(pid) - before) / ((performance.now() - startedAt) / 1000);
  const isGood = passage.p99 <= DELAY_LIMIT_MS && passage.loss <= LOSS_LIMIT;
  const deliveriesPerSecond = Math.round(rate / 30) * 30 * rooms.length * watchersPerRoom;
  return { ...passage, deliveriesPerSecond, cpuShare, isGood };
}

function cpuOf(pid: number): number {
  const { own, descendants } = cpuSecondsOf(pid);
  return own + descendants;
}
