import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { ROOT, logFile, userCache } from './places.mjs';
import { step } from './progress.mjs';
import { remember } from './toolchain.mjs';
import { buildOnDebian, forgetUnfinishedBuilds, overlayHash } from './worker-debian.mjs';
import { firstThatWorks } from './first-that-works.mjs';
import { downloadPrebuilt } from './worker-prebuilt.mjs';

const PACKAGE = join(ROOT, 'node_modules', 'mediasoup');
/** What the worker answers when it was not started by mediasoup: proof that it loads and runs here. */
const NOT_MY_PARENT = 41;

/**
 * The mediasoup worker for this machine: given, cached, downloaded, or built; in this order.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>}
 */
export async function ensureWorker(env = process.env) {
  const present = presentWorker(env);
  if (present) return present;
  return step('Getting the media worker', (report) =>
    withLock(
      `${dirname(cachedPath())}.lock`,
      (share) =>
        obtain((progress) => {
          report(progress);
          share(progress);
        }),
      (_pid, progress) => report(`${progress} (another CareConnect on this machine is at it)`.trimStart()),
    ),
  );
}

/** Has the worker and tells everything started from here where it is. */
export async function provideWorker() {
  remember('MEDIASOUP_WORKER_BIN', await ensureWorker());
}

/**
 * The worker if it needs no work.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function presentWorker(env = process.env) {
  const given = env['MEDIASOUP_WORKER_BIN'];
  if (given) {
    if (runs(given)) return given;
    throw new Failure(`MEDIASOUP_WORKER_BIN names ${given}, which does not run here.`, {
      mend: 'correct it, or unset it to have the worker provided',
    });
  }
  const cached = cachedPath();
  return runs(cached) && isFromThisOverlay() ? cached : null;
}

/** @param {(progress: string) => void} report */
async function obtain(report) {
  const outcome = await firstThatWorks(
    [
      // Again, because another process may have provided it while we waited for the lock.
      { name: 'cache', find: async () => presentWorker({}) },
      { name: 'prebuilt', find: async () => keep(await downloadPrebuilt(PACKAGE, report), 'prebuilt') },
      {
        name: 'debian',
        find: async () =>
          keep(await buildOnDebian(PACKAGE, dirname(cachedPath()), report), `debian ${overlayHash()}`),
      },
    ],
    report,
  );
  if ('path' in outcome) return outcome.path;
  throw new Failure(`There is no media worker for this machine (${outcome.tried})`, {
    mend:
      'one of four ways: set MEDIASOUP_WORKER_BIN to a mediasoup-worker binary; ' +
      `put one at ${cachedPath()}; ` +
      "let this machine reach the releases of mediasoup on GitHub; or run once as root on Debian 12 or later (it builds the worker with apt's libraries)",
    log: logFile('media-worker'),
  });
}

/**
 * Moves a fresh worker into the cache in one stroke.
 * @param {string | null} binary
 * @param {string} origin
 */
function keep(binary, origin) {
  if (binary === null) return null;
  if (!runs(binary)) throw new Failure('it was made, but does not run here');
  const target = cachedPath();
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  copyFileSync(binary, unfinished);
  chmodSync(unfinished, 0o755);
  writeFileSync(originPath(), origin);
  renameSync(unfinished, target);
  forgetUnfinishedBuilds(dirname(target));
  return target;
}

/** A worker that we built counts only while the recipe is the same. */
function isFromThisOverlay() {
  if (!existsSync(originPath())) return true;
  const origin = readFileSync(originPath(), 'utf8').trim();
  return !origin.startsWith('debian') || origin === `debian ${overlayHash()}`;
}

function cachedPath() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const key = `${version}-${process.platform}-${process.arch}`;
  return join(userCache(), 'mediasoup-worker', key, `mediasoup-worker${suffix}`);
}

function originPath() {
  return join(dirname(cachedPath()), 'origin');
}

/** @param {string} binary */
function runs(binary) {
  return existsSync(binary) && spawnSync(binary, [], { env: {}, stdio: 'ignore' }).status === NOT_MY_PARENT;
}
