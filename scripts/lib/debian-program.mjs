import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptUnpack, hasApt } from './apt.mjs';
import { works } from './command.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { logFile, userCache } from './places.mjs';
import { step } from './progress.mjs';

/** Where Debian keeps libraries, on the architectures that we run on. */
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];

/**
 * A server that tests need and that Debian has: found where it is, or unpacked into the cache. Installed as it is
 * meant to be, its package would start it on this machine.
 * @param {{
 *   name: string,
 *   package: string,
 *   program: string,
 *   variable: string,
 *   systemPaths: readonly string[],
 *   why: string,
 * }} what
 */
export function debianProgram({ name, package: debianPackage, program, variable, systemPaths, why }) {
  const home = () => join(userCache(), name);
  const inCache = () => join(home(), program);

  /** The one that needs no work: given, the system's, or the cache's; null when there is none. */
  function present() {
    const given = process.env[variable];
    if (given) {
      if (works(given)) return given;
      throw new Failure(`${variable} names ${given}, which does not run here.`, {
        mend: 'correct it, or unset it',
      });
    }
    return [...systemPaths, inCache()].find((path) => existsSync(path) && works(path)) ?? null;
  }

  /**
   * Finds or fetches it.
   * @returns {Promise<string>} The binary.
   */
  async function provide() {
    const known = present();
    if (known) return known;
    if (!hasApt()) throw missing('this is not a Debian system');
    await step(`Getting ${name} for ${why}`, (report) =>
      withLock(`${home()}.lock`, async () => {
        if (present()) return;
        try {
          await unpack(report);
        } catch (cause) {
          throw missing(cause instanceof Error ? cause.message : String(cause));
        }
      }),
    );
    const path = present();
    if (!path) throw missing('what apt has brought does not run');
    return path;
  }

  /** @param {(progress: string) => void} report */
  async function unpack(report) {
    const unfinished = `${home()}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await aptUnpack([debianPackage], unfinished, { log: name, report });
      rmSync(home(), { recursive: true, force: true });
      renameSync(unfinished, home());
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    const libraries = LIBRARIES.map((folder) => join(home(), 'usr', 'lib', folder)).join(':');
    const binary = join(home(), 'usr', 'bin', program);
    writeFileSync(inCache(), `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${binary}' "$@"\n`, {
      mode: 0o755,
    });
  }

  /** @param {string} reason */
  function missing(reason) {
    return new Failure(`There is no ${name} (${reason})`, {
      mend: `install ${name}, or set ${variable} to its ${program}`,
      log: logFile(name),
    });
  }

  return { present, provide };
}
