import { VISIT_MAX_SEATS } from '@careconnect/contracts';
import type { SeatConsumer } from '@careconnect/contracts/internal';
import { afterEach, beforeEach, expect } from 'vitest';
import type { SfuServer, SfuServerOptions } from '../server.ts';
import { opusParameters, vp8Parameters } from './rtp-parameters.ts';
import { startTestSfu, TestSignaling } from './test-sfu.ts';
import { aSeat, openSeat, type TestSeat } from './test-visits.ts';

export const LOOPBACK_PIPE = { ip: '127.0.0.1' };
const LOAD_EVERY_MS = 50;

/** Resolves when the node knows of as many others that would take a part of a room. */
export async function untilSiblings({ url }: Pick<SfuServer, 'url'>, count = 1): Promise<void> {
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  await expect
    .poll(metrics, { timeout: 10_000 })
    .toContain(`careconnect_sfu_siblings{service="sfu"} ${count}\n`);
}

export function startTestNode(node: string, options: Partial<SfuServerOptions> = {}): Promise<SfuServer> {
  return startTestSfu({ node, pipe: LOOPBACK_PIPE, loadEveryMs: LOAD_EVERY_MS, lingerMs: 0, ...options });
}

/** Two nodes of one worker each, for each test of a file. Rooms are at home in one, and grow to the other. */
export function useTestNodes(): TestNodes {
  const nodes = new TestNodes();
  beforeEach(() => nodes.start());
  afterEach(() => nodes.stop());
  return nodes;
}

/** What everyone sends in a room that is large. */
const SOURCES = [
  { kind: 'audio', source: 'microphone', rtpParameters: opusParameters },
  { kind: 'video', source: 'camera', rtpParameters: vp8Parameters },
] as const;

class TestNodes {
  #nodes: { home: SfuServer; other: SfuServer; signaling: TestSignaling } | null = null;

  get home(): SfuServer {
    return this.#started.home;
  }

  /** The node that is not home. */
  get other(): SfuServer {
    return this.#started.other;
  }

  get signaling(): TestSignaling {
    return this.#started.signaling;
  }

  async start(): Promise<void> {
    const other = await startTestNode('other');
    const home = await startTestNode('home', { siblings: [other.url] });
    this.#nodes = { home, other, signaling: await TestSignaling.connect(home.url) };
    await untilSiblings(home);
  }

  async stop(): Promise<void> {
    this.signaling.close();
    await this.home.close();
    await this.other.close();
  }

  /** So many in one room, of whom everyone has entered and sends sound and picture. The last ones are elsewhere. */
  async aRoomOf(count = VISIT_MAX_SEATS): Promise<TestSeat[]> {
    const { roomId } = aSeat();
    const seats = Array.from({ length: count }, () => aSeat(roomId));
    for (const seat of seats) await openSeat(this.signaling, seat);
    await Promise.all(seats.map((seat) => this.signaling.ask('seat:enter', { ...seat, isHeld: false })));
    await Promise.all(seats.flatMap((seat) => SOURCES.map((track) => this.#produce(seat, track))));
    return seats;
  }

  /** What this seat is shown. */
  async consumersOf(seat: TestSeat, isHeld = false): Promise<SeatConsumer[]> {
    const { consumers } = await this.signaling.ask('seat:enter', { ...seat, isHeld });
    return consumers.filter(({ seatId }) => seatId === seat.seatId);
  }

  /** The one consumer of what another sends. */
  async view(viewer: TestSeat, owner: TestSeat, source = 'camera'): Promise<SeatConsumer['consumer']> {
    const found = (await this.consumersOf(viewer)).find(
      ({ producerSeatId, consumer }) => producerSeatId === owner.seatId && consumer.source === source,
    );
    if (!found) throw new Error(`no consumer of a ${source}`);
    return found.consumer;
  }

  /** Has all that this seat is shown flow. */
  async watchAll(seat: TestSeat): Promise<void> {
    const consumerIds = (await this.consumersOf(seat)).map(({ consumer }) => consumer.id);
    await this.signaling.ask('consumer:set-paused', { ...seat, consumerIds, paused: false });
  }

  get #started() {
    if (!this.#nodes) throw new Error('there are no nodes outside of a test');
    return this.#nodes;
  }

  #produce(seat: TestSeat, { rtpParameters, ...track }: (typeof SOURCES)[number]) {
    return this.signaling.ask('producer:create', {
      ...seat,
      ...track,
      rtpParameters: rtpParameters(),
      paused: false,
    });
  }
}
