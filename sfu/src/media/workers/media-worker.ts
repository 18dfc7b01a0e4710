import { ROUTER_MEDIA_CODECS } from '@careconnect/contracts';
import { createWorker, type types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { createBeat } from '../beat.ts';

export interface RtcOptions {
  /** Where media is received. */
  readonly listenIp: string;
  /** What browsers are told instead, behind NAT or in a container. */
  readonly announcedAddress?: string | undefined;
  /** Worker n takes UDP and TCP port `portBase + n`; any free ports when absent. */
  readonly portBase?: number | undefined;
}

export interface MediaWorkerOptions {
  readonly index: number;
  readonly rtc: RtcOptions;
  readonly workerBin?: string | undefined;
  readonly onDied: (worker: MediaWorker, error: Error) => void;
}

/**
 * All rooms of a worker share one UDP socket, whose default buffer holds about a hundred packets: less
 * than a keyframe of each of ten rooms. Bytes; the kernel caps it at its own limit. What is piped to another
 * worker or node is as much, and gets as large a buffer.
 */
export const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;
const EXIT_TIMEOUT_MS = 2_000;
/** The workers of a process that was killed end a moment after it, and hold their ports until then. */
const PORT_TIMEOUT_MS = 2_000;
const PORT_AGAIN_MS = 20;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** One mediasoup worker process with its one listening port. */
export class MediaWorker {
  readonly index: number;
  /** When it is asked what is asked of every seat. */
  readonly beat = createBeat();
  readonly #worker: types.Worker;
  readonly #webRtcServer: types.WebRtcServer;
  #roomCount = 0;

  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const { workerBin, rtc, index } = options;
    const worker = await deafToSignals(() =>
      createWorker({ logLevel: 'error', ...(workerBin === undefined ? {} : { workerBin }) }),
    );
    try {
      const listenInfos = (['udp', 'tcp'] as const).map((protocol) => listenInfo(protocol, rtc, index));
      const webRtcServer = await onceFree(() => worker.createWebRtcServer({ listenInfos }));
      return new MediaWorker(worker, webRtcServer, options);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  private constructor(
    worker: types.Worker,
    webRtcServer: types.WebRtcServer,
    { index, onDied }: MediaWorkerOptions,
  ) {
    this.index = index;
    this.#worker = worker;
    this.#webRtcServer = webRtcServer;
    worker.once('died', (error) => onDied(this, error));
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get webRtcServer(): types.WebRtcServer {
    return this.#webRtcServer;
  }

  /** Rooms it carries now, counted from the moment one is asked for. */
  get roomCount(): number {
    return this.#roomCount;
  }

  async createRouter(): Promise<types.Router> {
    this.#roomCount += 1;
    try {
      const router = await this.#worker.createRouter({
        mediaCodecs: ROUTER_MEDIA_CODECS.map((codec) => ({ ...codec })),
      });
      router.observer.once('close', () => (this.#roomCount -= 1));
      return router;
    } catch (error) {
      this.#roomCount -= 1;
      throw error;
    }
  }

  /** CPU time the process has used since it started, in seconds; null when it died before it could answer. */
  async cpuSeconds(): Promise<number | null> {
    const usage = await this.#worker.getResourceUsage().catch(() => null);
    return usage && (usage.ru_utime + usage.ru_stime) / 1000;
  }

  /** What the process itself holds, for proof that nothing is left over. */
  dump(): Promise<types.WorkerDump> {
    return this.#worker.dump();
  }

  /** Ends the process and waits until it is gone. */
  async close(): Promise<void> {
    if (this.#worker.subprocessClosed) return;
    const gone = new Promise<void>((resolve) => this.#worker.once('subprocessclose', resolve));
    const timer = setTimeout(() => process.kill(this.pid, 'SIGKILL'), EXIT_TIMEOUT_MS);
    this.#worker.close();
    await gone;
    clearTimeout(timer);
  }
}

async function onceFree<T>(listen: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PORT_TIMEOUT_MS;
  for (;;) {
    try {
      return await listen();
    } catch (error) {
      if (!/address already in use/.test(String(error)) || performance.now() > deadline) throw error;
      await delay(PORT_AGAIN_MS);
    }
  }
}

/**
 * mediasoup has a worker close itself as soon as this process is told to stop, when its rooms
 * are still to be moved. It begins to listen for that before it waits for anything.
 */
function deafToSignals<T>(start: () => T): T {
  const known = SIGNALS.map((signal) => process.listeners(signal));
  const started = start();
  SIGNALS.forEach((signal, index) => {
    const added = process.listeners(signal).filter((listener) => !known[index]?.includes(listener));
    for (const listener of added) process.removeListener(signal, listener);
  });
  return started;
}

function listenInfo(
  protocol: 'udp' | 'tcp',
  { listenIp, announcedAddress, portBase }: RtcOptions,
  index: number,
): types.TransportListenInfo {
  return {
    protocol,
    ip: listenIp,
    ...(announcedAddress === undefined ? {} : { announcedAddress }),
    ...(portBase === undefined ? {} : { port: portBase + index }),
    sendBufferSize: SOCKET_BUFFER_BYTES,
    recvBufferSize: SOCKET_BUFFER_BYTES,
  };
}
