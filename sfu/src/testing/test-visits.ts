import {
  ROUTER_RTP_CAPABILITIES,
  type RtpCapabilities,
  SeatId,
  type SeatTransports,
  type TransportIds,
  VisitId,
} from '@careconnect/contracts';
import type { OpenSeat, SeatConsumer } from '@careconnect/contracts/internal';
import { observer, type types } from 'mediasoup';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { SfuServer } from '../server.ts';
import { opusParameters, vp8Parameters } from './rtp-parameters.ts';
import { startTestSfu, TestSignaling } from './test-sfu.ts';

export interface TestSeat {
  readonly roomId: VisitId;
  readonly seatId: SeatId;
}

export function aSeat(roomId = VisitId.parse(randomUUID())): TestSeat {
  return { roomId, seatId: SeatId.parse(randomUUID()) };
}

/** A doctor and a patient of one visit. */
export function aPair(): [TestSeat, TestSeat] {
  const doctor = aSeat();
  return [doctor, aSeat(doctor.roomId)];
}

/** Both transports of a seat whose page has none. */
export async function openSeat(signaling: TestSignaling, seat: TestSeat): Promise<SeatTransports> {
  const asked = { ...seat, rtpCapabilities: ROUTER_RTP_CAPABILITIES };
  return (await signaling.ask('seat:open', asked)).transports;
}

export function idsOf({ send, recv }: SeatTransports): TransportIds {
  return { send: send.id, recv: recv.id };
}

export function aScreen() {
  const rtpParameters = { ...vp8Parameters('7'), encodings: [{ ssrc: 4711 }] };
  return { kind: 'video', source: 'screen', rtpParameters } as const;
}

/** A real SFU for all tests of a file, and visits on it as signaling arranges them; they end with each test. */
export function useTestVisits(): TestVisits {
  const visits = new TestVisits();
  beforeAll(() => visits.start());
  afterAll(() => visits.stop());
  beforeEach(() => visits.connect());
  afterEach(() => visits.endAll());
  return visits;
}

class TestVisits {
  readonly #consumersMade = new Map<string, types.Consumer>();
  readonly #transportsMade = new Map<string, types.Transport>();
  readonly #rooms = new Set<VisitId>();
  #sfu: SfuServer | null = null;
  #signaling: TestSignaling | null = null;

  get sfu(): SfuServer {
    if (!this.#sfu) throw new Error('there is no SFU outside of a test');
    return this.#sfu;
  }

  get signaling(): TestSignaling {
    if (!this.#signaling) throw new Error('there is no signaling outside of a test');
    return this.#signaling;
  }

  async start(): Promise<void> {
    observer.on('newworker', (worker) =>
      worker.observer.on('newrouter', (router) =>
        router.observer.on('newtransport', (transport) => {
          this.#transportsMade.set(transport.id, transport);
          transport.observer.on('newconsumer', (consumer) => this.#consumersMade.set(consumer.id, consumer));
        }),
      ),
    );
    this.#sfu = await startTestSfu({ lingerMs: 0 });
  }

  async stop(): Promise<void> {
    await this.sfu.close();
  }

  async connect(): Promise<void> {
    this.#signaling = await TestSignaling.connect(this.sfu.url);
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#rooms].map((roomId) => this.signaling.ask('room:close', { roomId })));
    this.#rooms.clear();
    this.signaling.close();
  }

  async open(seat: TestSeat, rtpCapabilities?: RtpCapabilities): Promise<SeatTransports> {
    return (await this.ask(seat, undefined, rtpCapabilities)).transports;
  }

  /** Opens a seat of a page that may have transports already. */
  ask(
    seat: TestSeat,
    keep?: TransportIds,
    rtpCapabilities: RtpCapabilities = ROUTER_RTP_CAPABILITIES,
  ): Promise<OpenSeat> {
    this.#rooms.add(seat.roomId);
    return this.signaling.ask('seat:open', { ...seat, rtpCapabilities, keep });
  }

  /** Sound and picture, paused. */
  produceBoth(seat: TestSeat) {
    return Promise.all([
      this.signaling.ask('producer:create', {
        ...seat,
        kind: 'audio',
        source: 'microphone',
        rtpParameters: opusParameters(),
        paused: true,
      }),
      this.signaling.ask('producer:create', {
        ...seat,
        kind: 'video',
        source: 'camera',
        rtpParameters: vp8Parameters(),
        paused: true,
      }),
    ]);
  }

  /** Two seats with sound and picture that nobody is shown yet. */
  async preparedPair(): Promise<[TestSeat, TestSeat]> {
    const [doctor, patient] = aPair();
    await Promise.all([this.open(doctor), this.open(patient)]);
    await Promise.all([this.produceBoth(doctor), this.produceBoth(patient)]);
    return [doctor, patient];
  }

  /** Two who have entered, with all consumers that there are. */
  async aVisit() {
    const [doctor, patient] = await this.preparedPair();
    await this.signaling.ask('seat:enter', { ...doctor, isHeld: false });
    const { consumers } = await this.signaling.ask('seat:enter', { ...patient, isHeld: false });
    return { doctor, patient, consumers };
  }

  async invite(seat: TestSeat, isInvited = true): Promise<SeatConsumer[]> {
    return (await this.signaling.ask('seat:set-invited', { ...seat, isInvited })).consumers;
  }

  preferredLayers(consumerId: string): types.ConsumerLayers | undefined {
    return this.#consumersMade.get(consumerId)?.preferredLayers;
  }

  /** All that has come to the port as far as a transport is concerned, whoever has sent it. */
  async bytesReceived(transportId: string): Promise<number> {
    const [stats] = (await this.#transportsMade.get(transportId)?.getStats()) ?? [];
    return (stats as types.WebRtcTransportStat).bytesReceived;
  }

  isPaused(consumerId = ''): boolean | undefined {
    return this.#consumersMade.get(consumerId)?.paused;
  }

  /** Producers that flow to this seat as far as their owners and the room are concerned. */
  async flowing(seat: TestSeat, { isHeld }: { isHeld: boolean }): Promise<string[]> {
    const { consumers } = await this.signaling.ask('seat:enter', { ...seat, isHeld });
    return consumers
      .filter(({ seatId, consumer }) => seatId === seat.seatId && !consumer.isProducerPaused)
      .map(({ consumer }) => consumer.producerId)
      .sort();
  }
}
