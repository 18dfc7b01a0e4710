import { ClientMessageId, type MediaSource, type UserId, type VisitId } from '@careconnect/contracts';
import { z } from 'zod';
import { deviceStore, personalKey, tabStore, type BrowserStore } from '#lib/storage/browser-store.ts';

/** A message that the server has not acknowledged. */
const UnsentMessage = z
  .object({
    clientMessageId: ClientMessageId,
    body: z.string(),
    /** The visit takes no more messages, so there is nothing to try again. */
    isTooMany: z.boolean(),
  })
  .readonly();
export type UnsentMessage = z.infer<typeof UnsentMessage>;

/** What a person switches on and off. A screen is shown anew each time. */
type Switchable = Exclude<MediaSource, 'screen'>;

/** What one person's page of one visit leaves to the next page. All but that they were here goes when the person leaves. */
export interface SeatMemory {
  /**
   * The person was in the room in this tab, or has just admitted someone, and therefore wants in without
   * another click.
   */
  readonly wantsIn: boolean;
  /** The person has been in the room in this tab, and is in it still or has gone out of it. */
  readonly hasBeenIn: boolean;
  /** They have just admitted someone, and mean to follow. */
  admit(): void;
  enter(): void;
  /** The last connection of this tab, as the server called it: it may come back to the seat it had. */
  connectionId: string | null;
  /** The person goes on elsewhere, in another window or on another page: this tab does not go back in by itself. */
  stepOut(): void;
  leave(): void;
  /** The person does not want to be seen, or heard, in this visit, in whichever window. */
  isOff(source: Switchable): boolean;
  setOff(source: Switchable, isOff: boolean): void;
  /** This tab has found its processor too slow to send VP9. */
  isVp9TooMuch: boolean;
  /** What was being written in this tab. */
  draft: string;
  /** What this tab has yet to bring to the server. */
  unsent: readonly UnsentMessage[];
}

/** Whose memory of which visit. */
export interface SeatMemoryOwner {
  readonly visitId: VisitId;
  readonly userId: UserId;
}

interface SeatStores {
  readonly tab: BrowserStore;
  readonly device: BrowserStore;
}

type Place = 'admitting' | 'inside' | 'outside';

const STORES: SeatStores = { tab: tabStore, device: deviceStore };

export function createSeatMemory({ visitId, userId }: SeatMemoryOwner, { tab, device } = STORES): SeatMemory {
  const keyOf = (...what: string[]): string => personalKey('visit', visitId, userId, ...what);
  const place = keyOf('place');
  const connection = keyOf('connection');
  const draft = keyOf('draft');
  const unsent = keyOf('unsent');
  const vp9TooMuch = keyOf('vp9-too-much');

  const isAt = (where: Place): boolean => tab.getItem(place) === where;
  const goTo = (where: Place): void => tab.setItem(place, where);

  return {
    get wantsIn() {
      return isAt('admitting') || isAt('inside');
    },
    get hasBeenIn() {
      return isAt('inside') || isAt('outside');
    },
    admit: () => {
      if (!isAt('inside')) goTo('admitting');
    },
    enter: () => goTo('inside'),
    get connectionId() {
      return tab.getItem(connection);
    },
    set connectionId(id) {
      keep(tab, connection, id ?? '');
    },
    stepOut() {
      tab.removeItem(connection);
      if (this.hasBeenIn) goTo('outside');
      else tab.removeItem(place);
    },
    leave() {
      const { hasBeenIn } = this;
      for (const store of [tab, device]) store.removeAll(keyOf(''));
      if (hasBeenIn) goTo('outside');
    },
    isOff: (source) => device.getItem(keyOf('off', source)) === '1',
    setOff(source, isOff) {
      keep(device, keyOf('off', source), isOff ? '1' : '');
    },
    get isVp9TooMuch() {
      return tab.getItem(vp9TooMuch) === '1';
    },
    set isVp9TooMuch(isTooMuch) {
      keep(tab, vp9TooMuch, isTooMuch ? '1' : '');
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
    return z.array(UnsentMessage).parse(JSON.parse(stored));
  } catch {
    // Written by another version of this page.
    return [];
  }
}
