import type { Fact } from '@careconnect/contracts/internal';
import type { Database } from '@careconnect/prisma';
import type { PoolClient } from 'pg';
import { inSqlTransaction } from '../../core/sql-transaction.ts';
import { toFactRow, type FactSource } from './fact-rows.ts';
import { stepsOf } from './fact-steps.ts';
import { storeJoined, storeLeft } from './movement.repository.ts';
import {
  storeConnected,
  storeDisconnected,
  storeGoodbye,
  storeStart,
  type TouchedQueue,
} from './presence.repository.ts';

export interface FactsRepository {
  /**
   * Stores all facts, those of a seat in the given order, in one transaction, and answers with the queues that look
   * different now. A repeated fact changes nothing; one about an unknown seat is left out.
   */
  store(facts: readonly Fact[], from: FactSource): Promise<TouchedQueue[]>;
}

/** Stores facts of one type, about different seats. When many come at once, one statement is for all of them. */
type StoreFacts = (client: PoolClient, rows: readonly [string]) => Promise<TouchedQueue[]>;

const STORE: Readonly<Record<Fact['type'], StoreFacts>> = {
  'signaling.started': storeStart,
  'seat.connected': storeConnected,
  'seat.disconnected': storeDisconnected,
  'seat.joined': storeJoined,
  'seat.left': storeLeft,
  'seat.goodbye': storeGoodbye,
};

export function createFactsRepository({ pool }: Pick<Database, 'pool'>): FactsRepository {
  return {
    store: (facts, from) =>
      inSqlTransaction(pool, async (client) => {
        const touched = new Map<string, TouchedQueue>();
        for (const { type, facts: together } of stepsOf(facts)) {
          const rows = JSON.stringify(together.map((fact, place) => toFactRow(fact, place, from)));
          for (const queue of await STORE[type](client, [rows])) touched.set(queue.practitionerId, queue);
        }
        return [...touched.values()];
      }),
  };
}
