import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { cpus, freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptInstall, hasApt } from './apt.mjs';
import { run } from './command.mjs';
import { Failure } from './failure.mjs';
import { sha256 } from './places.mjs';
import { contentHash } from './stamp.mjs';
import { adaptSource, SOURCE_CHANGES } from './worker-source-changes.mjs';

const OVERLAY = join(dirname(dirname(fileURLToPath(import.meta.url))), 'mediasoup-worker', 'subprojects');
const PACKAGES = [
  'meson',
  'ninja-build',
  'pkg-config',
  'g++',
  'libabsl-dev',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];
const LOG = 'media-worker';
/** One compiler needs about this much; a small machine must not swap itself to death. */
const BYTES_PER_COMPILER = 1_000_000_000;

/** Changes whenever the recipe does. */
export function overlayHash() {
  return sha256(contentHash([OVERLAY]) + JSON.stringify(SOURCE_CHANGES)).slice(0, 16);
}

/**
 * Builds the worker from the package's own sources against Debian's libraries. A build that was interrupted
 * goes on where it was. Null where there is no apt.
 * @param {string} packageDir
 * @param {string} place - Where the build of this version is kept while it is unfinished.
 * @param {(progress: string) => void} report
 * @returns {Promise<string | null>}
 */
export async function buildOnDebian(packageDir, place, report) {
  if (!hasApt()) return null;
  await aptInstall(PACKAGES, { log: LOG, report });
  const work = join(place, `unfinished-${overlayHash()}`);
  const build = join(work, 'build');
  // Written last by meson: with it, ninja knows by itself what is done.
  if (!existsSync(join(build, 'build.ninja'))) await configure(packageDir, work, build, report);
  await run('ninja', ['-C', build, `-j${compilers()}`, 'mediasoup-worker'], {
    log: LOG,
    onLine: (line) => {
      const progress = /^\[(\d+)\/(\d+)\]/.exec(line)?.[0];
      if (progress)
        report(`${progress} (no prebuilt one to be had; compiling, once per machine, 5 to 15 min)`);
    },
  });
  const binary = join(build, 'mediasoup-worker');
  await run('strip', [binary], { log: LOG });
  return binary;
}

/** @param {string} place */
export function forgetUnfinishedBuilds(place) {
  if (!existsSync(place)) return;
  for (const name of readdirSync(place).filter((entry) => entry.startsWith('unfinished-')))
    rmSync(join(place, name), { recursive: true, force: true });
}

/**
 * @param {string} packageDir
 * @param {string} work
 * @param {string} build
 * @param {(progress: string) => void} report
 */
async function configure(packageDir, work, build, report) {
  report('(preparing the sources)');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const source = prepareSource(packageDir, work);
  await run(
    'meson',
    ['setup', build, source, '--wrap-mode=nodownload', '-Dbuildtype=release', '-Db_ndebug=true'],
    { log: LOG, cwd: work },
  );
}

/**
 * A copy, because node_modules is npm's.
 * @param {string} packageDir
 * @param {string} work
 */
function prepareSource(packageDir, work) {
  const source = join(work, 'worker');
  cpSync(join(packageDir, 'worker'), source, {
    recursive: true,
    filter: (path) =>
      !/worker\/(out|prebuild|pip_invoke|subprojects)(\/|$)/.test(path.slice(packageDir.length)),
  });
  mkdirSync(join(source, 'subprojects'), { recursive: true });
  cpSync(OVERLAY, join(source, 'subprojects'), { recursive: true });
  if (!existsSync(join(source, 'meson.build')))
    throw new Failure('the mediasoup package has no worker sources');
  adaptSource(source);
  return source;
}

function compilers() {
  return Math.max(1, Math.min(cpus().length, Math.floor(freemem() / BYTES_PER_COMPILER)));
}
