import { randomUUID } from 'node:crypto';
import type { Fact, SeatFact, SeatKey } from '@careconnect/contracts/internal';
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';

export type FactType = SeatFact['type'];

/** Where rooms tell what has happened; it reaches api in order, each fact once. */
export interface FactsPort {
  add(type: FactType, seat: SeatKey): void;
}

export interface FactsOutbox extends FactsPort, Pick<Outbox<Fact>, 'size' | 'stop'> {
  /** To be called once and first: whoever the process before this one had connected is gone. */
  begin(): void;
  /** How long the oldest fact has waited, in ms. */
  readonly oldestMs: number;
}

export type FactsOutboxOptions = Omit<OutboxOptions<Fact>, 'name' | 'capacity' | 'maxBatch'> &
  Partial<Pick<OutboxOptions<Fact>, 'capacity'>>;

const MAX_BATCH = 200;

export function createFactsOutbox({ capacity = 10_000, ...options }: FactsOutboxOptions): FactsOutbox {
  const outbox = createOutbox<Fact>({ ...options, name: 'facts', capacity, maxBatch: MAX_BATCH });

  function stamp() {
    return { idempotencyKey: randomUUID(), at: options.clock.now().toISOString() };
  }

  return {
    begin: () => outbox.put({ type: 'signaling.started', ...stamp() }),
    add: (type, { organizationId, visitId, seatId }) =>
      outbox.put({ type, ...stamp(), organizationId, visitId, seatId }),
    get oldestMs() {
      const at = outbox.oldest?.at;
      return at === undefined ? 0 : Math.max(0, options.clock.now().getTime() - Date.parse(at));
    },
    get size() {
      return outbox.size;
    },
    stop: () => outbox.stop(),
  };
}
