import type { Page } from 'playwright-core';

/** Another tab or app comes in front of the page, or goes: browsers that are driven believe that they are always seen. */
export async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    const as = (value: unknown) => ({ configurable: true, get: () => value });
    Object.defineProperty(document, 'hidden', as(hidden));
    Object.defineProperty(document, 'visibilityState', as(hidden ? 'hidden' : 'visible'));
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
