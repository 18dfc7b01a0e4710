import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

const PROBE_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 180_000;

/**
 * Lets the mediasoup package fetch its own prebuilt worker. Null where its server is out of reach
 * or has none for this machine.
 * @param {string} packageDir
 * @param {(progress: string) => void} report
 */
export async function downloadPrebuilt(packageDir, report) {
  report('(asking for a prebuilt one)');
  if (!(await isReachable(releasesUrl(packageDir)))) return null;
  report('(downloading)');
  await run(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    log: 'media-worker',
    cwd: packageDir,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    env: {
      MEDIASOUP_WORKER_BIN: '',
      MEDIASOUP_FORCE_WORKER_PREBUILT_DOWNLOAD: 'true',
      // After a failed download the script would build with Python from the internet. Ours is the better build.
      PYTHON: 'no-python',
    },
  });
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = join(packageDir, 'worker', 'out', 'Release', `mediasoup-worker${suffix}`);
  return existsSync(binary) ? binary : null;
}

/** @param {string} packageDir */
function releasesUrl(packageDir) {
  const override = process.env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'];
  if (override) return override;
  const { repository } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  return String(repository.url)
    .replace(/^git\+/, '')
    .replace(/\.git$/, '');
}

/** @param {string} url */
async function isReachable(url) {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}
