import { spawnSync } from 'node:child_process';
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
  const install = () => run('apt-get', ['install', ...APT, '--no-install-recommends', ...missing], options);
  report(`(apt: ${missing.join(' ')})`);
  try {
    await install();
  } catch {
    // Package lists of a fresh or long-running machine are missing or outdated.
    await run('apt-get', ['update', ...APT], options);
    await install();
  }
}

/** @param {string} name */
function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return stdout === 'install ok installed';
}
