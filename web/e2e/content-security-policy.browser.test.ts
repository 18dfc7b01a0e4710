import { describe, expect, test, type TestContext } from 'vitest';
import { DEMO_ACCOUNTS } from '../../prisma/src/demo-accounts.ts';
import { PLACES, type Place, type Viewer } from './accessibility/pages.ts';
import { openPerson, type Person } from './stage/person.ts';
import { signInAs } from './steps/sign-in.ts';
import { ENGLISH } from './steps/words.ts';

/** Chromium tells as errors of the page that one is not there (404), and that a link is not good any more (400). */
const RIGHTLY_REFUSED = /status of (400|404)/;

/** What somebody could have smuggled into a page. Each, if it ran, would leave its name. */
const SMUGGLED = `
  <script>globalThis.inline = true</script>
  <script nonce="guessed">globalThis.guessed = true</script>
  <script src="data:text/javascript,globalThis.elsewhere=true"></script>
  <img src="data:," onerror="globalThis.handler = true">
  <iframe srcdoc="<script>parent.framed = true</script>"></iframe>
  <base href="https://elsewhere.example/">
  <p id="smuggled" style="position: fixed">…</p>`;

const LEFT_BEHIND = /^(inline|guessed|elsewhere|handler|framed)$/;

/** For one test: they run beside each other. */
async function somebody(context: TestContext): Promise<Person> {
  const person = await openPerson({ recording: null });
  context.onTestFinished(() => person.leave());
  return person;
}

function hasAddress({ name }: Place): boolean {
  return name.startsWith('/');
}

describe.concurrent('no page needs what its policy refuses', () => {
  test.for(Object.keys(PLACES) as Viewer[])('of the %s', async (viewer, context) => {
    const { page, refused, complaints } = await somebody(context);
    const account = DEMO_ACCOUNTS.find(({ role }) => role === viewer);
    if (account) await signInAs(page, account);
    // Every address that strangers know. Of a portal the page where people arrive: visits are watched in the journeys.
    const places = account ? PLACES[viewer].slice(0, 1) : PLACES[viewer].filter(hasAddress);
    for (const place of places) await place.open(page, ENGLISH);
    expect(refused).toEqual([]);
    expect(complaints.filter((text) => !RIGHTLY_REFUSED.test(text))).toEqual([]);
  });
});

describe.concurrent('what was smuggled in does not run', () => {
  test('with the page', async (context) => {
    const { page, refused } = await somebody(context);
    await page.route('/sign-in', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: (await response.text()).replace('<div id="app">', `${SMUGGLED}$&`),
      });
    });
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    await page.locator('#smuggled').waitFor({ state: 'attached' });
    const names = await page.evaluate(() => Object.keys(globalThis));
    expect(names.filter((name) => LEFT_BEHIND.test(name))).toEqual([]);
    expect(await page.evaluate(() => document.baseURI)).toMatch(/\/sign-in$/);
    expect(await page.locator('#smuggled').evaluate((p) => getComputedStyle(p).position)).toBe('static');
    const directives = refused.map((what) => what.split(' ')[1]);
    for (const one of ['script-src-elem', 'script-src-attr', 'style-src-attr', 'base-uri'])
      expect(directives).toContain(one);
    // The page itself works all the same.
    await page.getByRole('button', { name: ENGLISH.signIn, exact: true }).click();
    await page.getByText(ENGLISH.checkAnswers).waitFor();
  });

  test('into a page that is open', async (context) => {
    const { page, refused } = await somebody(context);
    await page.goto('/sign-in');
    const outcomes = await page.evaluate(() => {
      // TypeScript does not know it yet.
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy: (this: void, name: string) => void };
      };
      const attempt = (work: () => void) => {
        try {
          work();
          return 'done';
        } catch (error) {
          return error instanceof Error ? error.name : 'unknown';
        }
      };
      return {
        markup: attempt(
          () => (document.body.innerHTML = '<img src="data:," onerror="globalThis.ran = true">'),
        ),
        script: attempt(() => (document.createElement('script').text = 'globalThis.ran = true')),
        address: attempt(() => (document.createElement('script').src = 'data:text/javascript,0')),
        policy: attempt(() => trustedTypes.createPolicy('own')),
      };
    });
    expect(outcomes).toEqual({
      markup: 'TypeError',
      script: 'TypeError',
      address: 'TypeError',
      policy: 'TypeError',
    });
    await expect.poll(() => refused.length).toBeGreaterThanOrEqual(4);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  });
});
