import type { IceServer, SeatTransports, TransportIds } from '@careconnect/contracts';
import type { DataSaver } from '../devices/data-saver.svelte.ts';
import type { RouterDevice } from '../encoding/router-device.ts';
import { withoutVp9 } from '../encoding/video-codecs.ts';
import { isHeardFrom } from '../measuring/heard-from.ts';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import type { SeatMemory } from '../seat/seat-memory.ts';
import { ClientMediaPath } from './client-media-path.ts';
import type { PathState } from './transport-pair.ts';

export interface SeatPathOptions {
  readonly socket: SeatSocket;
  readonly dataSaver: Pick<DataSaver, 'isOn'>;
  readonly memory: Pick<SeatMemory, 'isVp9TooMuch'>;
  /** Nothing mends the path any more. */
  readonly onLost: () => void;
  /** Something comes through again where nothing did. */
  readonly onMended: () => void;
}

/** How often a way through the network is looked for while nothing comes through, in ms: a relay may be starting anew. */
const SEEK_AGAIN_MS = 2_000;
/**
 * How much longer each look at the next may take while a path has not connected yet, and how long at most, in ms: to
 * reach the media server through a relay over TLS takes a slow network about eight round trips.
 */
const MORE_PATIENCE_MS = 1_000;
const LONGEST_PATIENCE_MS = 5_000;

/**
 * The media path of a seat as it is at the moment: the transports that the server has named last, and the way that
 * they take through the network.
 */
export class SeatPath {
  readonly #options: SeatPathOptions;
  #current: ClientMediaPath | null = null;
  #iceServers: readonly IceServer[] = [];
  #seeking: ReturnType<typeof setTimeout> | undefined;
  /** What had flowed over the path of the moment does not come through. */
  #isBroken = false;

  constructor(options: SeatPathOptions) {
    this.#options = options;
  }

  /** Null while there is none. */
  get current(): ClientMediaPath | null {
    return this.#current;
  }

  /** The transports that need not be replaced when the connection is, or null. */
  get lasting(): TransportIds | null {
    return this.#current?.lasting ?? null;
  }

  /** Relays for every path from now on. */
  setIceServers(iceServers: readonly IceServer[]): void {
    this.#iceServers = iceServers;
    const path = this.#current;
    path?.updateIceServers(iceServers).catch((error: unknown) => {
      // What flows goes on over the relay that it has.
      if (!path.isClosed) console.error('the relays could not be changed', error);
    });
  }

  /** Runs over these transports from now on. The path before is left to whoever has it. */
  open({ device, encodable }: RouterDevice, transports: SeatTransports): ClientMediaPath {
    const { socket, dataSaver, memory } = this.#options;
    const path: ClientMediaPath = ClientMediaPath.open({
      device,
      encodable: memory.isVp9TooMuch ? withoutVp9(encodable) : encodable,
      socket,
      transports,
      iceServers: this.#iceServers,
      savesData: dataSaver.isOn,
      onState: (state) => path === this.#current && this.#follow(state),
    });
    clearTimeout(this.#seeking);
    this.#isBroken = false;
    return (this.#current = path);
  }

  /** Looks for a better way through the network. What flows goes on meanwhile. */
  seek(): void {
    const path = this.#current;
    path?.restartIce().catch((error: unknown) => {
      // Where the way is broken indeed, the transports notice and the path is replaced.
      if (!path.isClosed && !RequestError.from(error).isPassing)
        console.error('no new way was found through the network', error);
    });
  }

  /** As {@link seek}, unless media goes on: then only the connection had been lost. */
  async seekIfSilent(): Promise<void> {
    const path = this.#current;
    const reports = (await path?.stats().catch(() => [])) ?? [];
    if (path === this.#current && !(reports.length > 0 && reports.every(isHeardFrom))) this.seek();
  }

  close(): void {
    clearTimeout(this.#seeking);
    this.#current?.close();
    this.#current = null;
  }

  #follow(state: PathState): void {
    const { onLost, onMended } = this.#options;
    clearTimeout(this.#seeking);
    switch (state) {
      case 'connecting':
        return this.#seekPatiently();
      case 'interrupted':
        this.#isBroken = true;
        return this.#seekAgain();
      case 'flowing':
        if (this.#isBroken) onMended();
        this.#isBroken = false;
        return;
      case 'failed':
        return onLost();
    }
  }

  /** Nothing comes through where something did: looks at once, and until something does. */
  #seekAgain(): void {
    this.seek();
    this.#seeking = setTimeout(() => this.#seekAgain(), SEEK_AGAIN_MS);
  }

  /**
   * A browser asks each relay once. One that starts anew at that moment is found by another look, for which nobody has
   * to wait until the browser has given up.
   */
  #seekPatiently(patienceMs = SEEK_AGAIN_MS): void {
    this.#seeking = setTimeout(() => {
      this.seek();
      this.#seekPatiently(Math.min(patienceMs + MORE_PATIENCE_MS, LONGEST_PATIENCE_MS));
    }, patienceMs);
  }
}
