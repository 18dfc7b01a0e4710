import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { forkServer } from '../core/forked-server.ts';
import { millisecondsFromClick, openProfile } from './browser.ts';
import { SETTLE_MS, type JoinSide } from './join-side.ts';

const JOINED = () => document.title === 'joined';

/** The bare page and server of `baselines/textbook`. */
export async function openTextbookSide(browser: Browser): Promise<JoinSide & { close(): Promise<void> }> {
  const server = await forkServer('textbook/server.ts');
  const profile = await openProfile(browser, server.origin);
  const publisher = await profile.newPage();
  await publisher.goto('/');
  await publisher.getByRole('button').click();
  await publisher.waitForFunction(JOINED);
  return {
    name: 'textbook',
    async joinOnce() {
      const page = await profile.newPage();
      try {
        await page.goto('/');
        await page.locator('button:enabled').waitFor();
        await sleep(SETTLE_MS);
        await page.getByRole('button').click();
        const [firstFrame = Number.NaN] = await millisecondsFromClick(page, ['first-frame']);
        await page.waitForFunction(JOINED);
        return { firstFrame, steps: null };
      } finally {
        await page.close();
      }
    },
    async close() {
      await profile.close();
      await server.stop();
    },
  };
}
