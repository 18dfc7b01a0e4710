import type { VisitId } from '@careconnect/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PictureLog } from '../pages/picture-log.ts';
import { watchPictures } from '../pages/picture-watch.ts';
import { signInProfile, type Credentials } from '../pages/sign-in.ts';

const TIMEOUT_MS = 30_000;

/** Someone who is signed in at their browser. */
export interface Visitor {
  readonly context: BrowserContext;
  /** What their pages show of others. */
  readonly pictures: PictureLog;
}

export async function openVisitor(browser: Browser, origin: string, person: Credentials): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-GB',
    // The certificate of a clinic in its own network.
    ignoreHTTPSErrors: true,
    // Pictures are counted by a script of this run, which the policy of our pages would not let in.
    bypassCSP: true,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  await context.grantPermissions(['camera', 'microphone'], { origin });
  const pictures = await watchPictures(context);
  await signInProfile(context, person);
  return { context, pictures };
}

/** Joins as soon as the page offers it, with or without a way for media. */
export async function join({ context }: Visitor, visitId: VisitId): Promise<Page> {
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
