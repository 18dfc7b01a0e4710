import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from './failure.mjs';
import { ROOT, logFile } from './places.mjs';

/** What is asked to end has so long to end what it has started: ninja gives each compiler a group of its own. */
const END_PATIENCE_MS = 5_000;

/**
 * @typedef {object} CommandOptions
 * @property {string} log - Name of the log that takes the output.
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] - Added to our own.
 * @property {(line: string) => void} [onLine]
 * @property {number} [timeoutMs] - For the whole command.
 * @property {number} [silenceMs] - The longest it may say nothing.
 */

/**
 * Runs a command with its output in a log file; rejects with a Failure when it does not end well.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<void>}
 */
export function run(command, args, { log, cwd = ROOT, env = {}, onLine, timeoutMs, silenceMs }) {
  const path = logFile(log);
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path, { flags: 'a' });
  file.write(`\n${new Date().toISOString()} $ ${[command, ...args].join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group, so that a timeout also ends what it started.
      detached: true,
    });
    /** @type {NodeJS.Timeout | undefined} */
    let impatience;
    const end = () => {
      signalGroup(child.pid, 'SIGTERM');
      impatience ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), END_PATIENCE_MS);
    };
    const overall = timeoutMs ? setTimeout(end, timeoutMs) : undefined;
    let silence = silenceMs ? setTimeout(end, silenceMs) : undefined;
    let isInterrupted = false;
    const interrupted = () => {
      if (isInterrupted) return;
      isInterrupted = true;
      end();
    };
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        file.write(`${line}\n`);
        if (silenceMs) {
          clearTimeout(silence);
          silence = setTimeout(end, silenceMs);
        }
        onLine?.(line);
      });
    }
    child.once('error', (cause) =>
      finish(new Failure(`"${command}" could not be started.`, { log: path, cause })),
    );
    child.once('exit', () => {
      if (!isInterrupted) return;
      // Whoever of its group did not end with it.
      signalGroup(child.pid, 'SIGKILL');
      console.log('\nStopped; the next start goes on from here.');
      process.exit(130);
    });
    child.once('close', (code) => {
      if (code === 0) finish();
      else finish(new Failure(`"${[command, ...args.slice(0, 3)].join(' ')}" failed.`, { log: path }));
    });

    /** @param {Failure} [failure] */
    function finish(failure) {
      clearTimeout(overall);
      clearTimeout(silence);
      clearTimeout(impatience);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      file.end();
      if (failure) reject(failure);
      else resolve();
    }
  });
}

/**
 * Whether a command is there at all.
 * @param {string} command
 * @param {readonly string[]} [args]
 */
export function works(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended by itself.
  }
}
