import type { Visit, VisitId } from '@careconnect/contracts';
import { VISIT_STATES_MAX } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
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
 * Answers with how to stop.
 */
export function watchVisits({ registry, api, pushes, log, everyMs }: VisitWatchOptions): () => void {
  let isAsking = false;

  async function check(): Promise<void> {
    const known = new Map(registry.all.filter((room) => !room.isOver).map(({ id, visit }) => [id, visit]));
    for (const ids of pagesOf([...known.keys()])) await ask(ids, known);
  }

  async function ask(ids: VisitId[], known: ReadonlyMap<VisitId, Visit>): Promise<void> {
    for (const { visitId, state } of await api.visitStates(ids)) {
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

function pagesOf(ids: readonly VisitId[]): VisitId[][] {
  const count = Math.ceil(ids.length / VISIT_STATES_MAX);
  return Array.from({ length: count }, (_none, page) =>
    ids.slice(page * VISIT_STATES_MAX, (page + 1) * VISIT_STATES_MAX),
  );
}
