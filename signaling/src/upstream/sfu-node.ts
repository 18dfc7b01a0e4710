import type { VisitId } from '@careconnect/contracts';
import { FIND_ROOMS_MAX, type SfuLoad } from '@careconnect/contracts/internal';
import { inPages } from '../core/in-pages.ts';
import type { PlaceableNode } from './node-placement.ts';
import { createNodePresence, type NodePresence } from './node-presence.ts';
import type { SfuClient } from './sfu-client.ts';

/** One SFU node as this process sees it. */
export class SfuNode implements PlaceableNode {
  readonly client: SfuClient;
  readonly presence: NodePresence;
  #load: SfuLoad | null = null;
  #placedSince = 0;

  constructor(client: SfuClient, silentMs: number, onDead: () => void) {
    this.client = client;
    this.presence = createNodePresence(silentMs, onDead);
  }

  get isConnected(): boolean {
    return this.client.isConnected;
  }

  get load(): SfuLoad | null {
    return this.#load;
  }

  /** It is about to go, or to carry nothing. */
  get isDraining(): boolean {
    return this.#load?.isDraining === true;
  }

  get placedSince(): number {
    return this.#placedSince;
  }

  close(): void {
    this.presence.close();
    this.client.close();
  }

  told(load: SfuLoad): void {
    this.#load = load;
    this.#placedSince = 0;
  }

  /** It is about to be asked for a new room. */
  place(): void {
    this.#placedSince += 1;
  }

  /** Which of these rooms it holds, and how many browsers are connected in each; null when it does not answer. */
  async find(roomIds: readonly VisitId[]): Promise<ReadonlyMap<VisitId, number> | null> {
    try {
      const held = await Promise.all(
        inPages(roomIds, FIND_ROOMS_MAX).map(
          async (page) => (await this.client.request('room:find', { roomIds: page })).held,
        ),
      );
      return new Map(held.flat().map(({ roomId, connected }) => [roomId, connected]));
    } catch {
      return null;
    }
  }

  /** Ends what it holds of a room that lives elsewhere. */
  async release(roomId: VisitId): Promise<void> {
    // Gone while it is being told, it holds nothing; back later, it is told again.
    await this.client.request('room:close', { roomId }).catch(() => undefined);
  }
}
