import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, works } from './command.mjs';
import { Failure } from './failure.mjs';

/** An unattended upgrade may hold apt's lock for a while. */
const APT = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

export function hasApt() {
  return process.platform === 'linux' && works('apt-get') && works('dpkg-query');
}

/**
 * Installs what is missing of the given Debian packages.
 * @param {readonly string[]} packages
 * @param {{ log: string, report: (progress: string) => void }} options
 */
export async function aptInstall(packages, { log, report }) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new Failure(`Debian packages are missing: ${missing.join(' ')}`, {
      mend: `sudo apt-get install ${missing.join(' ')}`,
    });
  }
  const options = { log, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  report(`(apt: ${missing.join(' ')})`);
  await withFreshLists(options, () =>
    run('apt-get', ['install', ...APT, '--no-install-recommends', ...missing], options),
  );
}

/**
 * Unpacks Debian packages, and what they need that is not installed, into a folder. The system stays as it is: for
 * packages that would start a server on this machine.
 * @param {readonly string[]} packages
 * @param {string} folder
 * @param {{ log: string, report: (progress: string) => void }} options
 */
export async function aptUnpack(packages, folder, { log, report }) {
  const downloads = join(folder, 'downloads');
  mkdirSync(join(downloads, 'partial'), { recursive: true });
  const options = { log, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const place = ['-o', 'Debug::NoLocking=1', '-o', `Dir::Cache::archives=${downloads}`];
  report(`(apt: ${packages.join(' ')})`);
  await withFreshLists(options, () =>
    run(
      'apt-get',
      ['install', '--download-only', ...APT, ...place, '--no-install-recommends', ...packages],
      options,
    ),
  );
  for (const name of readdirSync(downloads).filter((entry) => entry.endsWith('.deb')))
    await run('dpkg-deb', ['-x', join(downloads, name), folder], { log });
  rmSync(downloads, { recursive: true, force: true });
}

/**
 * Package lists of a fresh or long-running machine are missing or outdated.
 * @param {import('./command.mjs').CommandOptions} options
 * @param {() => Promise<void>} work
 */
async function withFreshLists(options, work) {
  try {
    await work();
  } catch {
    await run('apt-get', ['update', ...APT], options);
    await work();
  }
}

/** @param {string} name */
function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return stdout === 'install ok installed';
}
