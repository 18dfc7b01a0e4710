/** Safari has no idle callbacks; by then the page has settled there too. */
const FALLBACK_MS = 500;

/**
 * Runs something when the browser has nothing better to do.
 * @returns what calls it off
 */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const id = requestIdleCallback(work, { timeout: FALLBACK_MS });
    return () => cancelIdleCallback(id);
  }
  const timer = setTimeout(work, FALLBACK_MS);
  return () => clearTimeout(timer);
}
