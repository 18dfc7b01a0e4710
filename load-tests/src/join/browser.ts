import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { readToolchain } from '../../../scripts/lib/toolchain.mjs';
import { writeCameraFile, type PictureSize } from './camera-file.ts';

const FIRST_FRAME_TIMEOUT_MS = 15_000;
const FLAGS = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One Chromium for both sides: its camera is the same film for everyone. */
export async function launchBrowser(scratch: string, size: PictureSize): Promise<Browser> {
  const film = join(scratch, 'camera.y4m');
  await writeCameraFile(film, size);
  return chromium.launch({
    handleSIGTERM: false,
    executablePath: readToolchain().CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: launchArguments(film),
  });
}

/**
 * A browser whose camera delivers this film.
 * @param voice - a WAV file that its microphone delivers; a beep now and then without one
 */
export function launchArguments(film: string, voice?: string): string[] {
  return [
    ...FLAGS,
    `--use-file-for-fake-video-capture=${film}`,
    ...(voice === undefined ? [] : [`--use-file-for-fake-audio-capture=${voice}`]),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** A person's browser profile, in which every page marks the moment of its first click. */
export async function openProfile(browser: Browser, origin: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 800, height: 600 },
    locale: 'en-GB',
  });
  await context.grantPermissions(['camera', 'microphone'], { origin });
  await context.addInitScript(() => {
    // Before any handler of the page has seen it.
    addEventListener('click', () => performance.mark('bench:click'), { capture: true, once: true });
  });
  return context;
}

/**
 * Waits for the last of a join's marks.
 * @param marks - their names, in order
 * @returns milliseconds from the first click in the page to each of them
 */
export async function millisecondsFromClick(page: Page, marks: readonly string[]): Promise<number[]> {
  await page.waitForFunction((last) => performance.getEntriesByName(last).length > 0, marks.at(-1) ?? '', {
    polling: 50,
    timeout: FIRST_FRAME_TIMEOUT_MS,
  });
  return page.evaluate((names) => {
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    return names.map((name) => at(name) - at('bench:click'));
  }, marks);
}
