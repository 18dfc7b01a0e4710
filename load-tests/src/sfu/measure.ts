import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSecondsOf } from '../core/process-cpu.ts';
import type { LoadShape, MeasuredServer } from './measured-server.ts';
import { Traffic, type TrafficOptions } from './traffic.ts';

const SETTLE_MS = 300;
const FIRST_PACKETS_TIMEOUT_MS = 10_000;
const MICROSECONDS = 1e6;

/** A server with all clients joined; only the one that is measured gets traffic. */
export interface LoadedServer {
  readonly server: MeasuredServer;
  readonly traffic: Traffic;
}

export interface Segment {
  /** CPU of the server per RTP packet that reached a watcher, in microseconds. */
  readonly microsecondsPerPacket: number;
  /** The part of it that is the server's own process, without its media workers. */
  readonly ownMicrosecondsPerPacket: number;
  readonly packets: number;
}

export async function load(
  server: MeasuredServer,
  shape: LoadShape,
  options: TrafficOptions,
): Promise<LoadedServer> {
  const traffic = new Traffic(await server.join(shape), options);
  traffic.start();
  try {
    const deadline = performance.now() + FIRST_PACKETS_TIMEOUT_MS;
    while (!traffic.reachesAll) {
      if (performance.now() > deadline) throw new Error(`${server.name} does not feed all of its watchers.`);
      await sleep(20);
    }
  } finally {
    traffic.stop();
  }
  return { server, traffic };
}

/** One stretch of traffic through one server while the others are idle. */
export async function measure({ server, traffic }: LoadedServer, seconds: number): Promise<Segment> {
  traffic.start();
  await sleep(SETTLE_MS);
  const packetsBefore = traffic.delivered;
  const cpuBefore = cpuSecondsOf(server.pid);
  await sleep(seconds * 1000);
  const packets = traffic.delivered - packetsBefore;
  const cpuAfter = cpuSecondsOf(server.pid);
  traffic.stop();
  const own = cpuAfter.own - cpuBefore.own;
  const workers = cpuAfter.descendants - cpuBefore.descendants;
  return {
    microsecondsPerPacket: ((own + workers) * MICROSECONDS) / packets,
    ownMicrosecondsPerPacket: (own * MICROSECONDS) / packets,
    packets,
  };
}
