import type { VisitId } from '@careconnect/contracts';
import type { PipeEnd } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import { mediaErrors } from '../media/media-errors.ts';
import { countSeats, type MediaCounts } from '../media/rooms/media-counts.ts';
import type { WorkerPool } from '../media/workers/worker-pool.ts';
import { GuestPart } from './guest-part.ts';
import type { TellHome } from './part-talk.ts';
import type { PipeOptions } from './pipe.ts';
import type { SendingAccounts } from '../media/seats/sending-accounts.ts';

export interface GuestsOptions {
  readonly pool: Pick<WorkerPool, 'place'>;
  readonly pipe: PipeOptions;
  readonly abandonAfterMs: number;
  readonly sending: SendingAccounts;
  /** Whether the node takes anything new. */
  readonly isDraining: () => boolean;
  readonly log: Logger;
}

/** The parts of other nodes' rooms that are on this one. */
export class Guests {
  readonly #options: GuestsOptions;
  readonly #parts = new Set<GuestPart>();

  constructor(options: GuestsOptions) {
    this.#options = options;
  }

  /** Those of one node, for as long as it is connected. */
  from(tell: TellHome): GuestsOfNode {
    return new GuestsOfNode(this.#options, tell, this.#parts);
  }

  counts(): MediaCounts {
    return { rooms: this.#parts.size, ...countSeats([...this.#parts].flatMap(({ seats }) => seats)) };
  }

  /** Their homes are told, and see to them. */
  loseAll(): void {
    for (const part of this.#parts) part.lose();
  }
}

/** Nobody but the node that has opened a part can name it. */
export class GuestsOfNode {
  readonly #options: GuestsOptions;
  readonly #tell: TellHome;
  readonly #all: Set<GuestPart>;
  readonly #parts = new Map<string, GuestPart>();
  readonly #opening = new Set<string>();
  #isGone = false;

  constructor(options: GuestsOptions, tell: TellHome, all: Set<GuestPart>) {
    this.#options = options;
    this.#tell = tell;
    this.#all = all;
  }

  get(partId: string): GuestPart {
    const part = this.#parts.get(partId);
    if (!part) throw mediaErrors.noSeat();
    return part;
  }

  async open(partId: string, roomId: VisitId, home: PipeEnd): Promise<PipeEnd> {
    if (this.#parts.has(partId) || this.#opening.has(partId)) {
      throw mediaErrors.refused('the part of a room', new Error('it is there already'));
    }
    this.#opening.add(partId);
    try {
      const part = await this.#make(partId, roomId, home);
      this.#parts.set(partId, part);
      this.#all.add(part);
      if (this.#isGone || this.#options.isDraining()) {
        part.close();
        throw mediaErrors.unavailable();
      }
      return part.pipeEnd;
    } finally {
      this.#opening.delete(partId);
    }
  }

  close(partId: string): void {
    this.#parts.get(partId)?.close();
  }

  /** The node has gone, or nobody hears it any more: it has given up these rooms as well. */
  closeAll(): void {
    this.#isGone = true;
    for (const part of this.#parts.values()) part.close();
  }

  async #make(partId: string, roomId: VisitId, home: PipeEnd): Promise<GuestPart> {
    const { pool, isDraining, ...options } = this.#options;
    if (isDraining()) throw mediaErrors.unavailable();
    const worker = await pool.place();
    return GuestPart.open(
      {
        ...options,
        partId,
        roomId,
        worker,
        tell: this.#tell,
        onClosed: (part) => {
          this.#parts.delete(partId);
          this.#all.delete(part);
        },
      },
      home,
    );
  }
}
