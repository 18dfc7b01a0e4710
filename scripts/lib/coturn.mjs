import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptUnpack, hasApt } from './apt.mjs';
import { works } from './command.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { logFile, userCache } from './places.mjs';
import { step } from './progress.mjs';

const LOG = 'coturn';
const SYSTEM_PATHS = ['/usr/bin/turnserver', '/usr/local/bin/turnserver'];
/** Where Debian keeps libraries, on the architectures that we run on. */
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];

/**
 * Finds or fetches the TURN server that tests relay through.
 * @returns {Promise<string>} The binary.
 */
export async function provideCoturn() {
  const present = presentCoturn();
  if (present) return present;
  if (!hasApt()) throw missing('this is not a Debian system');
  await step('Getting coturn for the tests of relays', (report) =>
    withLock(`${homeInCache()}.lock`, async () => {
      if (presentCoturn()) return;
      try {
        await unpack(report);
      } catch (cause) {
        throw missing(cause instanceof Error ? cause.message : String(cause));
      }
    }),
  );
  const path = presentCoturn();
  if (!path) throw missing('what apt has brought does not run');
  return path;
}

/** The one that needs no work: given, the system's, or the cache's; null when there is none. */
export function presentCoturn() {
  const given = process.env['TURNSERVER_BIN'];
  if (given) {
    if (works(given)) return given;
    throw new Failure(`TURNSERVER_BIN names ${given}, which does not run here.`, {
      mend: 'correct it, or unset it',
    });
  }
  return [...SYSTEM_PATHS, inCache()].find((path) => existsSync(path) && works(path)) ?? null;
}

/**
 * Installed as it is meant to be, the package would start an open relay on this machine.
 * @param {(progress: string) => void} report
 */
async function unpack(report) {
  const home = homeInCache();
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await aptUnpack(['coturn'], unfinished, { log: LOG, report });
    rmSync(home, { recursive: true, force: true });
    renameSync(unfinished, home);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  const libraries = LIBRARIES.map((name) => join(home, 'usr', 'lib', name)).join(':');
  const program = join(home, 'usr', 'bin', 'turnserver');
  writeFileSync(inCache(), `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${program}' "$@"\n`, {
    mode: 0o755,
  });
}

function homeInCache() {
  return join(userCache(), 'coturn');
}

function inCache() {
  return join(homeInCache(), 'turnserver');
}

/** @param {string} why */
function missing(why) {
  return new Failure(`There is no coturn (${why})`, {
    mend: 'install coturn, or set TURNSERVER_BIN to its turnserver',
    log: logFile(LOG),
  });
}
