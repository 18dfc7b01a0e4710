import { ClientMessageId, type VisitId } from '@careconnect/contracts';
import { z } from 'zod';
import { deviceStore, tabStore, type BrowserStore } from '#lib/storage/browser-store.ts';
import type { CaptureSource } from './capture.ts';

const Unsent = z.array(z.object({ clientMessageId: ClientMessageId, body: z.string() })).readonly();
/** A message that the server has not acknowledged. */
export type UnsentMessage = z.infer<typeof Unsent>[number];

/** What outlives a page of one visit. All of it goes when the person leaves. */
export interface SeatMemory {
  /**
   * The person was in the room in this tab, or has just admitted someone, and therefore wants in without
   * another click.
   */
  readonly isInside: boolean;
  enter(): void;
  /** The visit goes on in another window: this tab does not go back in by itself. */
  stepOut(): void;
  leave(): void;
  /** The person does not want to be seen, or heard, in this visit, in whichever window. */
  isOff(source: CaptureSource): boolean;
  setOff(source: CaptureSource, isOff: boolean): void;
  /** What was being written in this tab. */
  draft: string;
  /** What this tab has yet to bring to the server. */
  unsent: readonly UnsentMessage[];
}

interface SeatStores {
  readonly tab: BrowserStore;
  readonly device: BrowserStore;
}

const STORES: SeatStores = { tab: tabStore, device: deviceStore };

export function createSeatMemory(visitId: VisitId, { tab, device } = STORES): SeatMemory {
  const inside = `careconnect.inside.${visitId}`;
  const draft = `careconnect.draft.${visitId}`;
  const unsent = `careconnect.unsent.${visitId}`;
  const off = (source: CaptureSource): string => `careconnect.off.${source}.${visitId}`;

  return {
    get isInside() {
      return tab.getItem(inside) === '1';
    },
    enter: () => tab.setItem(inside, '1'),
    stepOut: () => tab.removeItem(inside),
    leave() {
      for (const key of [inside, draft, unsent]) tab.removeItem(key);
      for (const key of [off('camera'), off('microphone')]) device.removeItem(key);
    },
    isOff: (source) => device.getItem(off(source)) === '1',
    setOff(source, isOff) {
      keep(device, off(source), isOff ? '1' : '');
    },
    get draft() {
      return tab.getItem(draft) ?? '';
    },
    set draft(body) {
      keep(tab, draft, body);
    },
    get unsent() {
      return readUnsent(tab.getItem(unsent));
    },
    set unsent(messages) {
      keep(tab, unsent, messages.length > 0 ? JSON.stringify(messages) : '');
    },
  };
}

function keep(store: BrowserStore, key: string, value: string): void {
  if (value) store.setItem(key, value);
  else store.removeItem(key);
}

function readUnsent(stored: string | null): readonly UnsentMessage[] {
  if (stored === null) return [];
  try {
    return Unsent.parse(JSON.parse(stored));
  } catch {
    // Written by another version of this page.
    return [];
  }
}
