import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { Failure } from './failure.mjs';
import { isInstalled } from './installed.mjs';
import { ROOT, sha256 } from './places.mjs';
import { step } from './progress.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.careconnect-stamp');

/**
 * Install scripts that fetch from outside npm are skipped: what they would bring is not needed
 * (CUDA, a browser) or provisioned in a step of its own, which knows more ways (the media worker).
 */
const INSTALL_ENV = {
  MEDIASOUP_WORKER_BIN: 'provisioned-separately',
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
};

export async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  await step('Installing dependencies', async (report) => {
    try {
      await run('npm', ['ci', '--no-audit', '--no-fund'], {
        log: 'install',
        env: INSTALL_ENV,
        onLine: report,
      });
    } catch (cause) {
      throw new Failure('The dependencies could not be installed.', {
        mend: 'let npm reach its registry and run the command again; after editing a package.json, run "npm install" first',
        ...(cause instanceof Failure && cause.log ? { log: cause.log } : {}),
      });
    }
    writeFileSync(STAMP, lockHash());
  });
}

export function dependenciesAreCurrent() {
  if (!existsSync(LOCK)) throw new Failure('package-lock.json is missing.', { mend: 'run "npm install"' });
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return true;
  // Somebody may have installed by hand; npm leaves its own account of what is there.
  const account = join(MODULES, '.package-lock.json');
  if (!existsSync(account) || !isInstalled(readJson(LOCK), readJson(account))) return false;
  writeFileSync(STAMP, lockHash());
  return true;
}

export function lockHash() {
  return sha256(readFileSync(LOCK));
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
