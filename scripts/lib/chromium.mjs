import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { aptInstall, hasApt } from './apt.mjs';
import { run } from './command.mjs';
import { Failure } from './failure.mjs';
import { logFile, ROOT } from './places.mjs';
import { step } from './progress.mjs';
import { remember } from './toolchain.mjs';
import { firstThatWorks } from './first-that-works.mjs';

const LOG = 'chromium';
const DOWNLOAD_SILENCE_MS = 15_000;
const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Finds or installs a browser for the tests and tells them where it is. */
export async function provideChromium() {
  const present = await presentChromium();
  if (present) return remember('CHROMIUM_PATH', present);
  const path = await step('Getting Chromium for the browser tests', async (report) => {
    const outcome = await firstThatWorks(
      [
        { name: 'Playwright', find: () => downloadWithPlaywright(report) },
        { name: 'apt', find: () => installWithApt(report) },
      ],
      report,
    );
    if ('path' in outcome) return outcome.path;
    throw new Failure(`There is no Chromium for the browser tests (${outcome.tried})`, {
      mend: 'install Chromium or Chrome, or set CHROMIUM_PATH to one',
      log: logFile(LOG),
    });
  });
  return remember('CHROMIUM_PATH', path);
}

/** The one that needs no work: given, the system's, or Playwright's. */
export async function presentChromium() {
  const given = process.env['CHROMIUM_PATH'];
  if (given) {
    if (runs(given)) return given;
    throw new Failure(`CHROMIUM_PATH names ${given}, which does not run here.`, {
      mend: 'correct it, or unset it',
    });
  }
  return SYSTEM_PATHS.find(runs) ?? (await playwrightPath());
}

/** @param {(progress: string) => void} report */
async function downloadWithPlaywright(report) {
  report('(asking Playwright)');
  const cli = join(ROOT, 'node_modules', 'playwright-core', 'cli.js');
  await run(process.execPath, [cli, 'install', 'chromium'], {
    log: LOG,
    silenceMs: DOWNLOAD_SILENCE_MS,
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000' },
    onLine: (line) => {
      const percent = /\d+% of .*$/.exec(line)?.[0];
      if (percent) report(percent);
    },
  });
  return playwrightPath();
}

/** @param {(progress: string) => void} report */
async function installWithApt(report) {
  if (!hasApt()) return null;
  await aptInstall(['chromium'], { log: LOG, report });
  return SYSTEM_PATHS.find(runs) ?? null;
}

async function playwrightPath() {
  const require = createRequire(join(ROOT, 'package.json'));
  const { chromium } = /** @type {typeof import('playwright-core')} */ (require('playwright-core'));
  const path = chromium.executablePath();
  return runs(path) ? path : null;
}

/**
 * A browser without its system libraries is there, but does not run.
 * @param {string} path
 */
function runs(path) {
  return (
    existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
  );
}
