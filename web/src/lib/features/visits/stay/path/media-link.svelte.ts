import type { MediaPath, RtpCapabilities, SeatTransports } from '@careconnect/contracts';
import type { RouterDevice } from '../encoding/router-device.ts';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import type { SeatMedia } from './seat-media.ts';

interface MediaLinkOptions {
  readonly socket: SeatSocket;
  readonly media: SeatMedia;
  /** Null in a browser that cannot do media. */
  readonly device: Promise<RouterDevice | null>;
  /** The server does not answer, so that only a new connection can bring media. */
  readonly onUnanswered: () => void;
}

/** What this browser and the server have to offer for sound and picture right now. */
export class MediaLink {
  /** False in a browser without WebRTC; null until it is known. */
  canDoMedia = $state<boolean | null>(null);
  /** Whether there is a path for sound and picture. */
  hasMedia = $state(true);

  readonly #options: MediaLinkOptions;

  constructor(options: MediaLinkOptions) {
    this.#options = options;
    void options.device.then((device) => (this.canDoMedia = device !== null));
  }

  async rtpCapabilities(): Promise<RtpCapabilities | null> {
    return (await this.#options.device)?.rtpCapabilities ?? null;
  }

  /** Takes what a welcome brings, unless it has been overtaken by then. Answers whether it was taken. */
  async use(transports: SeatTransports | null, isOvertaken: () => boolean): Promise<boolean> {
    const device = await this.#options.device;
    if (isOvertaken()) return false;
    this.hasMedia = device !== null && transports !== null;
    this.#options.media.use(device, transports);
    return true;
  }

  /** There is another path, or for now there is none. */
  async renew(path: MediaPath | null): Promise<void> {
    const device = await this.#options.device;
    this.hasMedia = device !== null && path !== null;
    if (path) await this.#options.media.renew(device, path);
  }

  /** Another path is to be used, and the one that there is flows meanwhile. */
  async move(path: MediaPath): Promise<void> {
    await this.#options.media.move(await this.#options.device, path);
  }

  /** The path is broken beyond what ICE mends: asks for another one over the connection that there is. */
  async askForAnother(): Promise<void> {
    try {
      await this.renew(await this.#options.socket.request('media:renew', {}));
    } catch (error) {
      const { code } = RequestError.from(error);
      // The server tells as soon as there is one. Without a connection the next welcome brings it.
      if (code === 'MEDIA_UNAVAILABLE') this.hasMedia = false;
      else if (code !== 'DISCONNECTED') this.#options.onUnanswered();
    }
  }
}
