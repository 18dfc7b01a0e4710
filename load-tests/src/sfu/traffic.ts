import { createVp8Stream, isRtp, type Vp8Stream } from '../rtc/vp8-rtp.ts';
import type { NativePublisher } from '../rtc/native-peer.ts';
import type { Clients, Publishing } from './measured-server.ts';

const FRAMES_PER_SECOND = 30;
const KEY_FRAME_EVERY = 30;
/** 1.1 kB is what browsers send for 720p video. */
const PACKET_BYTES = 1_100;

export interface TrafficOptions {
  /** RTP packets per second of each publisher. */
  readonly packetsPerSecond: number;
}

interface Sender {
  readonly publisher: NativePublisher;
  readonly stream: Vp8Stream;
  frames: number;
}

/** Packets from a server's publishers to its watchers, in bursts of a frame as a camera makes them. */
export class Traffic {
  readonly #senders: readonly Sender[];
  readonly #delivered: number[];
  #timer: NodeJS.Timeout | null = null;

  constructor({ publishing, watchers }: Clients, options: TrafficOptions) {
    this.#senders = publishing.map((client) => newSender(client, options));
    this.#delivered = watchers.map(() => 0);
    watchers.forEach((watcher, index) =>
      watcher.onPacket((packet) => {
        if (isRtp(packet)) this.#delivered[index] = (this.#delivered[index] ?? 0) + 1;
      }),
    );
  }

  /** RTP packets that watchers have received since the beginning. */
  get delivered(): number {
    return this.#delivered.reduce((total, count) => total + count, 0);
  }

  /** Whether every watcher is being fed. */
  get reachesAll(): boolean {
    return this.#delivered.every((count) => count > 0);
  }

  start(): void {
    const turnsPerSecond = FRAMES_PER_SECOND * this.#senders.length;
    const startedAt = performance.now();
    let turn = 0;
    // Publishers take turns, so that frames of different people do not all fall into one moment.
    this.#timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1000) * turnsPerSecond;
      for (; turn < due; turn++) sendFrame(this.#senders[turn % this.#senders.length]);
    }, 2);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}

function newSender(
  { publisher, ssrc, payloadType }: Publishing,
  { packetsPerSecond }: TrafficOptions,
): Sender {
  const stream = createVp8Stream({
    ssrc,
    payloadType,
    packetsPerFrame: Math.max(1, Math.round(packetsPerSecond / FRAMES_PER_SECOND)),
    packetBytes: PACKET_BYTES,
    framesPerSecond: FRAMES_PER_SECOND,
  });
  return { publisher, stream, frames: 0 };
}

function sendFrame(sender: Sender | undefined): void {
  if (!sender) return;
  for (const packet of sender.stream.nextFrame(sender.frames % KEY_FRAME_EVERY === 0)) {
    sender.publisher.send(packet);
  }
  sender.frames += 1;
}
