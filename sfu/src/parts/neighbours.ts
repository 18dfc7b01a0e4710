import type { SfuLoad, SfuNode } from '@careconnect/contracts/internal';
import type { Logger, ServiceTokens } from '@careconnect/platform';
import type { Server } from 'socket.io';
import type { MediaCounts } from '../media/rooms/media-counts.ts';
import type { WorkerPool } from '../media/workers/worker-pool.ts';
import { Guests } from './guests.ts';
import { servePartSockets } from './part-sockets.ts';
import type { PipeOptions } from './pipe.ts';
import { Siblings } from './siblings.ts';
import type { SendingAccounts } from '../media/seats/sending-accounts.ts';

export interface NeighboursOptions {
  readonly io: Server;
  readonly tokens: ServiceTokens;
  readonly node: SfuNode;
  readonly pool: WorkerPool;
  readonly log: Logger;
  /** Where what other nodes send arrives; without it there is nothing between this one and others. */
  readonly pipe: PipeOptions | undefined;
  /** Where other nodes are reached that may carry parts of this one's rooms. */
  readonly urls: readonly string[];
  readonly abandonAfterMs: number;
  readonly sending: SendingAccounts;
  readonly isDraining: () => boolean;
  readonly load: () => SfuLoad;
}

/** What is between this node and others: parts of its rooms there, and of theirs here. */
export interface Neighbours extends Pick<Siblings, 'available'> {
  /** What of theirs is here. */
  counts(): MediaCounts;
  tellLoad(load: SfuLoad): void;
  /** Has what is theirs go elsewhere. */
  leave(): void;
  close(): void;
}

/** Begins to take their requests as well. */
export function createNeighbours({ pipe, urls, node, io, load, ...options }: NeighboursOptions): Neighbours {
  if (!pipe) return ALONE;
  const { tokens, log } = options;
  const guests = new Guests({ ...options, pipe });
  const sockets = servePartSockets(io, { tokens, guests, load, log });
  const siblings = new Siblings({ node, urls, pipe, tokens, log });
  return {
    get available() {
      return siblings.available;
    },
    counts: () => guests.counts(),
    tellLoad: (current) => sockets.tellLoad(current),
    leave: () => guests.loseAll(),
    close: () => siblings.close(),
  };
}

const ALONE: Neighbours = {
  available: [],
  counts: () => ({ rooms: 0, seats: 0, producers: 0, consumers: 0 }),
  tellLoad: () => undefined,
  leave: () => undefined,
  close: () => undefined,
};
