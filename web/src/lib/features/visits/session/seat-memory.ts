import type { VisitId } from '@careconnect/contracts';
import type { BrowserStore } from '#lib/storage/browser-store.ts';
import type { CaptureSource } from './capture.ts';

/**
 * What one tab knows about its own seat across a reload: that the person was in the room, or has
 * just admitted someone, and therefore wants in without another click, and what they had switched off.
 */
export interface SeatMemory {
  readonly isInside: boolean;
  enter(): void;
  leave(): void;
  /** The person does not want to be seen, or heard, in this visit. */
  isOff(source: CaptureSource): boolean;
  setOff(source: CaptureSource, isOff: boolean): void;
}

export function createSeatMemory(storage: BrowserStore, visitId: VisitId): SeatMemory {
  const inside = `careconnect.inside.${visitId}`;
  const off = (source: CaptureSource): string => `careconnect.off.${source}.${visitId}`;
  return {
    get isInside() {
      return storage.getItem(inside) === '1';
    },
    enter: () => storage.setItem(inside, '1'),
    leave() {
      for (const key of [inside, off('camera'), off('microphone')]) storage.removeItem(key);
    },
    isOff: (source) => storage.getItem(off(source)) === '1',
    setOff(source, isOff) {
      if (isOff) storage.setItem(off(source), '1');
      else storage.removeItem(off(source));
    },
  };
}
