import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { DEMO_ACCOUNTS } from '../../../prisma/src/demo-accounts.ts';
import { signInAs } from '../steps/sign-in.ts';
import { PLACES, SETTINGS, type Place, type Setting, type Viewer } from './pages.ts';
import { findTooSmall } from './sizes.ts';

/** WCAG 2.2 up to level AA, and axe's own good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One thing wrong with one page, in words. */
export interface Finding {
  readonly page: string;
  readonly setting: string;
  readonly what: string;
}

export interface Inspection {
  /** Pages seen, each once for every setting. */
  readonly cases: number;
  readonly findings: readonly Finding[];
}

/** Looks at every page of these roles in a real browser; `origin` is a running stack with the demo clinic. */
export async function inspectPages(
  origin: string,
  settings: readonly Setting[] = SETTINGS,
  viewers: readonly Viewer[] = Object.keys(PLACES) as Viewer[],
): Promise<Inspection> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const findings: Finding[] = [];
  let cases = 0;
  try {
    for (const setting of settings) {
      for (const viewer of viewers) {
        const page = await openAs(browser, origin, viewer, setting);
        for (const place of PLACES[viewer]) {
          cases += 1;
          for (const what of await inspect(page, place, setting))
            findings.push({ page: place.name, setting: setting.name, what });
        }
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
  }
  return { cases, findings };
}

async function openAs(browser: Browser, origin: string, viewer: Viewer, setting: Setting): Promise<Page> {
  const { viewport, colorScheme, words } = setting;
  const context: BrowserContext = await browser.newContext({
    baseURL: origin,
    viewport,
    colorScheme,
    locale: words.locale,
  });
  const page = await context.newPage();
  const account = DEMO_ACCOUNTS.find(({ role }) => role === viewer);
  if (account) await signInAs(page, account, words);
  return page;
}

async function inspect(
  page: Page,
  { open, isReference = false }: Place,
  { words }: Setting,
): Promise<string[]> {
  await open(page, words);
  const found = await findBarriers(page);
  return isReference ? found : [...found, ...(await findTooSmall(page))];
}

/** What on the page, as it is now, keeps somebody from using it, in words. */
export async function findBarriers(page: Page): Promise<string[]> {
  // No page has frames, so nothing needs to be put together in an empty page of its own afterwards.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze();
  const found = violations.map(
    ({ id, impact, help, nodes }) =>
      `${id} (${impact ?? 'unrated'}): ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
  );
  const sideways = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  if (sideways > 0) found.push(`${sideways} px wider than the screen`);
  return found;
}
