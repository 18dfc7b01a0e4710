/** The part of the browser's storage that pages use. */
export type BrowserStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Storage that never throws. Browsers may block it (private windows, company policy) or be full; what is
 * written then lasts as long as the page.
 * @param open reaches for the browser's own storage, which is already where blocked ones throw
 */
export function createBrowserStore(open: () => BrowserStore): BrowserStore {
  const unstored = new Map<string, string>();

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
  };
}

/** What this device remembers. One for the whole page, because the browser's own is; unused on the server. */
export const deviceStore = createBrowserStore(() => localStorage);

/** What this tab remembers. */
export const tabStore = createBrowserStore(() => sessionStorage);
