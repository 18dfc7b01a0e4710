import { chromium, type Browser, type Page } from 'playwright-core';
import { DEMO_ACCOUNTS } from '../../../prisma/src/demo-accounts.ts';
import { PLACES, type Place, type Viewer } from '../accessibility/pages.ts';
import { signInAs } from '../steps/sign-in.ts';
import { ENGLISH } from '../steps/words.ts';
import { endpointOf, MARK, smuggleInto } from './payloads.ts';

export interface PageAttack {
  /** Texts that were replaced in what pages were given. */
  readonly planted: number;
  /** Texts that pages showed, as text. */
  readonly shown: number;
  /** What became markup, or ran, in words. */
  readonly leaked: readonly string[];
}

/**
 * Looks at the pages of every role in a real browser, with a payload in every text of every answer: whatever somebody
 * may have got into the database by whatever way. Without the pages' policy, which would hide that something got in.
 */
export async function attackPages(origin: string): Promise<PageAttack> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    // All at once: most of the time a page waits for its answers.
    const viewers = Object.keys(PLACES) as Viewer[];
    const attacks = await Promise.all(viewers.map((viewer) => attackAs(browser, origin, viewer)));
    return {
      planted: attacks.reduce((sum, { planted }) => sum + planted, 0),
      shown: attacks.reduce((sum, { shown }) => sum + shown, 0),
      leaked: attacks.flatMap(({ leaked }) => leaked),
    };
  } finally {
    await browser.close();
  }
}

async function attackAs(browser: Browser, origin: string, viewer: Viewer): Promise<PageAttack> {
  const context = await browser.newContext({ baseURL: origin, locale: ENGLISH.locale, bypassCSP: true });
  const page = await context.newPage();
  const account = DEMO_ACCOUNTS.find(({ role }) => role === viewer);
  if (account) await signInAs(page, account, ENGLISH);
  const planted = await plant(page);
  const leaked: string[] = [];
  let shown = 0;
  for (const place of PLACES[viewer] as readonly Place[]) {
    if (!place.name.startsWith('/')) continue;
    await place.open(page, ENGLISH);
    const seen = await look(page);
    shown += seen.shown;
    leaked.push(...seen.leaked.map((what) => `${place.name} of the ${viewer}: ${what}`));
  }
  await context.close();
  return { planted: planted(), shown, leaked };
}

/** From here on every answer of api that this page gets carries payloads. Answers how many there were. */
async function plant(page: Page): Promise<() => number> {
  let count = 0;
  await page.route('**/api/v1/**', async (route) => {
    const request = route.request();
    const response = await route.fetch();
    const endpoint = endpointOf(request.method(), new URL(request.url()).pathname);
    const isJson = response.headers()['content-type']?.includes('json') === true;
    if (!endpoint || !isJson || !response.ok()) return void (await route.fulfill({ response }));
    const { answer, planted } = smuggleInto(endpoint, await response.json());
    count += planted;
    await route.fulfill({ response, json: answer });
  });
  return () => count;
}

async function look(page: Page): Promise<{ shown: number; leaked: string[] }> {
  return page.evaluate((mark) => {
    const leaked = [...document.querySelectorAll(`[${mark}]`)].map(({ outerHTML }) => `markup ${outerHTML}`);
    for (const link of document.querySelectorAll<HTMLElement>('[href], [src], [action], [formaction]')) {
      const addresses = ['href', 'src', 'action', 'formaction'].map((name) => link.getAttribute(name) ?? '');
      const found = addresses.find((address) => /^\s*(?:javascript|data:text)/i.test(address));
      if (found !== undefined) leaked.push(`link ${found}`);
    }
    if ('smuggled' in globalThis) leaked.push('a script that ran');
    const shown = document.body.innerText.split(mark).length - 1;
    return { shown, leaked };
  }, MARK);
}
