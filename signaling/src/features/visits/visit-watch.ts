import type { Visit, VisitId } from '@careconnect/contracts';
import { VISIT_STATES_MAX, type VisitKey } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import { inPages } from '../../core/in-pages.ts';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { VisitPushes } from './visit-pushes.ts';

export interface VisitWatchOptions {
  readonly registry: RoomRegistry;
  readonly api: Pick<ApiClient, 'visitStates'>;
  readonly pushes: Pick<VisitPushes, 'heard'>;
  readonly log: Logger;
  readonly everyMs: number;
}

/**
 * Asks api again and again in what state the live visits are, many with one question. Pushes are quicker,
 * but one that was lost must leave nobody waiting who has been admitted, or in a visit that is over.
 * @returns what stops it
 */
export function watchVisits({ registry, api, pushes, log, everyMs }: VisitWatchOptions): () => void {
  let isAsking = false;

  async function check(): Promise<void> {
    const rooms = registry.all.filter((room) => !room.isOver);
    const known = new Map(rooms.map(({ id, visit }) => [id, visit]));
    const keys = rooms.map(({ key }) => key);
    for (const page of inPages(keys, VISIT_STATES_MAX)) await ask(page, known);
  }

  async function ask(keys: VisitKey[], known: ReadonlyMap<VisitId, Visit>): Promise<void> {
    for (const { visitId, state } of await api.visitStates(keys)) {
      const visit = known.get(visitId);
      if (visit) pushes.heard(visit, state);
    }
  }

  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    check()
      .catch((error: unknown) => log.debug({ err: error }, 'api did not tell of the live visits'))
      .finally(() => (isAsking = false));
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
