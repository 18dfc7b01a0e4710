import type { VisitId } from '@careconnect/contracts';
import type { BrowserStore } from '#lib/storage/browser-store.ts';

/**
 * What one tab knows about its own seat across a reload: that the person was in the room, or has
 * just admitted someone, and therefore wants in without another click.
 */
export interface SeatMemory {
  readonly isInside: boolean;
  enter(): void;
  leave(): void;
}

const key = (visitId: VisitId): string => `careconnect.inside.${visitId}`;

export function createSeatMemory(storage: BrowserStore, visitId: VisitId): SeatMemory {
  return {
    get isInside() {
      return storage.getItem(key(visitId)) === '1';
    },
    enter: () => storage.setItem(key(visitId), '1'),
    leave: () => storage.removeItem(key(visitId)),
  };
}
