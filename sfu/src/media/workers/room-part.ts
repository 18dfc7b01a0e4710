import type { types } from 'mediasoup';
import { SOCKET_BUFFER_BYTES, type MediaWorker } from './media-worker.ts';
import { createWarmUp } from './warm-up.ts';

/** What is piped goes over UDP on the loopback, where nothing is lost but what does not fit the buffer. */
const PIPE = {
  protocol: 'udp',
  ip: '127.0.0.1',
  sendBufferSize: SOCKET_BUFFER_BYTES,
  recvBufferSize: SOCKET_BUFFER_BYTES,
} as const satisfies types.TransportListenInfo;

/** Something that is sent in a room, and the router that it is sent to. */
export interface Sent {
  readonly producer: types.Producer;
  readonly router: types.Router;
}

/** As much of a room as is on one worker: a router, and what the seats on it share. */
export class RoomPart {
  readonly worker: MediaWorker;
  readonly router: types.Router;
  /** For what is asked of the router itself. */
  readonly direct: types.DirectTransport;
  readonly warmUp: types.DataProducer;
  readonly #brought = new Map<string, Promise<void>>();

  static async create(worker: MediaWorker): Promise<RoomPart> {
    const router = await worker.createRouter();
    const direct = await router.createDirectTransport();
    return new RoomPart(worker, router, direct, await createWarmUp(direct));
  }

  private constructor(
    worker: MediaWorker,
    router: types.Router,
    direct: types.DirectTransport,
    warmUp: types.DataProducer,
  ) {
    this.worker = worker;
    this.router = router;
    this.direct = direct;
    this.warmUp = warmUp;
  }

  /**
   * Makes a track of the room available here, under the same producer id as where it is sent to. What happens to the
   * producer there happens to the one here: it is paused, goes on and ends with it, and keyframes are asked of it.
   */
  async bring({ producer, router }: Sent): Promise<void> {
    if (router === this.router) return;
    const known = this.#brought.get(producer.id);
    if (known) return known;
    const bringing = this.#pipe(producer, router);
    this.#brought.set(producer.id, bringing);
    const forget = (): void => void this.#brought.delete(producer.id);
    producer.observer.once('close', forget);
    bringing.catch(forget);
    return bringing;
  }

  close(): void {
    this.router.close();
  }

  async #pipe(producer: types.Producer, from: types.Router): Promise<void> {
    const { pipeProducer } = await from.pipeToRouter({
      producerId: producer.id,
      router: this.router,
      listenInfo: PIPE,
      enableSctp: false,
    });
    // It may have been paused, or have gone on, before the two were joined.
    if (!pipeProducer || pipeProducer.paused === producer.paused) return;
    await (producer.paused ? pipeProducer.pause() : pipeProducer.resume());
  }
}
