import { endpoints, type VisitId } from '@careconnect/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { watchConnections } from './connection-watch.ts';

const TIMEOUT_MS = 30_000;

/** Someone who is signed in at their browser. */
export async function openVisitor(
  browser: Browser,
  origin: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-GB',
    // The certificate of a clinic in its own network.
    ignoreHTTPSErrors: true,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  await context.grantPermissions(['camera', 'microphone'], { origin });
  await watchConnections(context);
  const answer = await context.request.post(endpoints.auth.login.path, { data: { email, password } });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}.`);
  return context;
}

/** Joins as soon as the page offers it, with or without a way for media. */
export async function join(context: BrowserContext, visitId: VisitId): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/visit/${visitId}`);
  await page.getByRole('button', { name: /join/i }).click();
  return page;
}

/** @returns ms from pressing Join to the first picture of the other person; null when it did not come */
export async function untilFirstFrame(page: Page): Promise<number | null> {
  try {
    await page.waitForFunction(() => performance.getEntriesByName('visit:join').length > 0, undefined, {
      polling: 50,
    });
  } catch {
    return null;
  }
  return page.evaluate(() => performance.getEntriesByName('visit:join')[0]?.duration ?? null);
}
