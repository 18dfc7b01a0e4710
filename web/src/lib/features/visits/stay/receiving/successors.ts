import type { SeatSocket } from '../seat/seat-connection.ts';
import type { Incoming } from './receiver.ts';
import type { Room } from './room.svelte.ts';

interface Successor {
  readonly incoming: Incoming;
  /** The consumer of what is shown until then. */
  readonly before: string;
  readonly stop: () => void;
}

interface SuccessorsOptions {
  readonly room: Room;
  readonly socket: Pick<SeatSocket, 'request'>;
  /** Has what is shown asked for in its size. */
  readonly onShown: () => void;
}

/**
 * Pictures that are about to take the place of one of the same person that is still shown, because their sender has
 * changed the codec: each waits out of sight for its first frame.
 */
export class Successors {
  readonly #options: SuccessorsOptions;
  /** By consumer. */
  readonly #waiting = new Map<string, Successor>();

  constructor(options: SuccessorsOptions) {
    this.#options = options;
  }

  wait(incoming: Incoming, before: string): void {
    const { id } = incoming.consumer;
    const stop = onFirstFrame(incoming.track, () => this.#succeed(id));
    this.#waiting.set(id, { incoming, before, stop });
  }

  /** A consumer is gone. Answers whether another takes its place, so that it need not be hidden. */
  gone(consumerId: string): boolean {
    this.#end(consumerId);
    const next = [...this.#waiting.values()].find(({ before }) => before === consumerId);
    if (!next) return false;
    this.#end(next.incoming.consumer.id);
    this.#options.room.show(next.incoming);
    return true;
  }

  close(): void {
    for (const id of [...this.#waiting.keys()]) this.#end(id);
  }

  #succeed(consumerId: string): void {
    const successor = this.#end(consumerId);
    if (!successor) return;
    const { room, socket, onShown } = this.#options;
    room.show(successor.incoming);
    onShown();
    // Its sender ends it as soon as nobody wants it any more.
    socket
      .request('consumer:set-paused', { consumerIds: [successor.before], paused: true })
      .catch(() => undefined);
  }

  #end(consumerId: string): Successor | undefined {
    const successor = this.#waiting.get(consumerId);
    successor?.stop();
    this.#waiting.delete(consumerId);
    return successor;
  }
}

/** @returns what makes it look no longer */
function onFirstFrame(track: MediaStreamTrack, listener: () => void): () => void {
  const element = document.createElement('video');
  element.muted = true;
  element.playsInline = true;
  // It gets its size with its first frame.
  element.addEventListener('resize', listener, { once: true });
  element.srcObject = new MediaStream([track]);
  element.play().catch(() => undefined);
  return () => {
    element.removeEventListener('resize', listener);
    element.srcObject = null;
  };
}
