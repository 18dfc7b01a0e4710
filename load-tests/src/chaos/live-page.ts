import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Voice } from '../hearing/voices.ts';
import type { PictureLog } from '../pages/picture-log.ts';
import { watchPictures } from '../pages/picture-watch.ts';

const VIEWPORT = { width: 480, height: 360 };

/** A person's page, of which every picture of the other person is noted that an element gets to show. */
export interface LivePage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly pictures: PictureLog;
  /** Who speaks to them. */
  readonly other: Voice;
}

export async function openLivePage(browser: Browser, origin: string, other: Voice): Promise<LivePage> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: VIEWPORT,
    locale: 'en-GB',
    // The certificate of a clinic in its own network.
    ignoreHTTPSErrors: true,
    // Pictures are counted by a script of this run, which the policy of our pages would not let in.
    bypassCSP: true,
  });
  await context.grantPermissions(['camera', 'microphone'], { origin });
  const pictures = await watchPictures(context);
  return { page: await context.newPage(), context, pictures, other };
}
