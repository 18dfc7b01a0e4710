/** The part of the browser's storage that pages use. */
export interface BrowserStore extends Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  /** Removes everything whose key begins so. */
  removeAll(prefix: string): void;
}

/**
 * Storage that never throws. Browsers may block it (private windows, company policy) or be full; what is
 * written then lasts as long as the page.
 * @param open reaches for the browser's own storage, which is already where blocked ones throw
 */
export function createBrowserStore(open: () => Storage): BrowserStore {
  const unstored = new Map<string, string>();

  function storedKeys(): string[] {
    try {
      const storage = open();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    } catch {
      return [];
    }
  }

  return {
    getItem(key) {
      const kept = unstored.get(key);
      if (kept !== undefined) return kept;
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        open().setItem(key, value);
        unstored.delete(key);
      } catch {
        unstored.set(key, value);
      }
    },
    removeItem(key) {
      unstored.delete(key);
      try {
        open().removeItem(key);
      } catch {
        // Then there is nothing to remove.
      }
    },
    removeAll(prefix) {
      for (const key of [...unstored.keys(), ...storedKeys()])
        if (key.startsWith(prefix)) this.removeItem(key);
    },
  };
}

/** What this device remembers. One for the whole page, because the browser's own is; unused on the server. */
export const deviceStore = createBrowserStore(() => localStorage);

/** What this tab remembers. */
export const tabStore = createBrowserStore(() => sessionStorage);

const PERSONAL = 'careconnect.personal.';

/** What of theirs is too large for those: what they have recorded. */
export const PERSONAL_DATABASE = `${PERSONAL}notes`;

/** A key for what is nobody's business but that of the person who is signed in. */
export function personalKey(...parts: readonly string[]): string {
  return PERSONAL + parts.join('.');
}

/** Forgets what belongs to the person who has been signed in here. What belongs to the device stays. */
export function forgetPerson(): void {
  for (const store of [deviceStore, tabStore]) store.removeAll(PERSONAL);
  // It goes as soon as no page has it open any more; those that have are told. Some browsers have none.
  (globalThis as { indexedDB?: IDBFactory }).indexedDB?.deleteDatabase(PERSONAL_DATABASE);
}
