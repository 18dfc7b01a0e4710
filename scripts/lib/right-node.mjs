import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run, works } from './command.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { userCache } from './places.mjs';
import { step } from './progress.mjs';
import { isAtLeast } from './version.mjs';

/** Runs TypeScript as it is. */
export const NODE_MAJOR = 24;
const PARENT_POLL_MS = 500;

/**
 * Goes on here when this Node is new enough; otherwise runs the same command with one that is
 * and ends with its exit code.
 */
export async function continueOnRightNode() {
  endWithNpm();
  if (isAtLeast(process.versions.node, `${NODE_MAJOR}.0.0`)) {
    putOnPath(dirname(process.execPath));
    endWithParent();
    return;
  }
  await handOver(await provideNode());
}

/** @returns {Promise<string>} The binary. */
async function provideNode() {
  const home = homeInCache();
  const binary = nodeInCache();
  if (existsSync(binary) && works(binary)) return binary;
  await step(`Getting Node ${NODE_MAJOR} (this is ${process.versions.node})`, () =>
    withLock(`${home}.lock`, async () => {
      if (!works(binary)) await install(home);
    }),
  );
  return binary;
}

/**
 * The npm package `node` carries the binary, so a network that has npm has Node.
 * @param {string} home
 */
async function install(home) {
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await run(
      'npm',
      ['install', '--prefix', unfinished, '--no-audit', '--no-fund', '--no-save', `node@${NODE_MAJOR}`],
      { log: 'node', cwd: unfinished },
    );
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Failure(`Node ${NODE_MAJOR} could not be fetched from the npm registry.`, {
      mend: `install Node ${NODE_MAJOR} yourself, or let npm reach its registry`,
      ...(cause instanceof Failure && cause.log ? { log: cause.log } : {}),
    });
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(unfinished, home);
}

function homeInCache() {
  return join(userCache(), `node-${NODE_MAJOR}`);
}

/** Where the right Node is once it was needed. */
export function nodeInCache() {
  return join(
    homeInCache(),
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
}

/**
 * @param {string} binary
 * @returns {Promise<never>}
 */
function handOver(binary) {
  putOnPath(dirname(binary));
  const child = spawn(binary, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // Ctrl-C in a terminal reaches the child directly; we only must not end before it. The others do not.
    const isSentToBoth = signal === 'SIGINT' && process.stdin.isTTY;
    process.on(signal, () => isSentToBoth || child.kill(signal));
  }
  return new Promise(() => {
    child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** npm ends on a signal without passing it on when no terminal does so; its end then is the signal. */
function endWithNpm() {
  if (!process.env['npm_lifecycle_event']) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_POLL_MS);
  timer.unref();
}

/** Started by `handOver`, we stop as on a signal when the process that handed over was killed. */
function endWithParent() {
  if (!process.channel) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening must not keep a finished command alive.
  process.channel.unref();
}

/** @param {string} directory */
function putOnPath(directory) {
  const path = process.env['PATH'] ?? '';
  if (path.split(delimiter)[0] !== directory) process.env['PATH'] = `${directory}${delimiter}${path}`;
}
