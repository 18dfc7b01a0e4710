/**
 * Tells when the person looks at the page again: another tab or app is gone, a phone is unlocked. Phones do not
 * always say that a page is visible again, but then they give it the focus; so it may be told more than once.
 */
export function onPageReturn(listener: () => void, signal: AbortSignal): void {
  const look = (): void => {
    if (document.visibilityState === 'visible') listener();
  };
  document.addEventListener('visibilitychange', look, { signal });
  window.addEventListener('focus', look, { signal });
}
