import type { ChildProcess } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnGuarded } from './guarded-process.ts';
import type { PostgresOwner } from './postgres-owner.ts';
import { serverFlags, type Durability } from './postgres-settings.ts';
import { postmasterState } from './postmaster-file.ts';

/** Crash recovery of a large database takes its time. */
const READY_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 10;

export type PostgresLaunch = {
  postgres: string;
  dataDir: string;
  logFile: string;
  owner: PostgresOwner;
  durability: Durability;
  port: number;
};

/** Starts the server and waits until it accepts connections. Rejects with its last words. */
export async function launchPostgres(launch: PostgresLaunch): Promise<ChildProcess> {
  const { dataDir, logFile, owner, durability, port } = launch;
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const child = spawnGuarded({
    command: launch.postgres,
    args: ['-D', dataDir, '-p', String(port), ...serverFlags(durability)],
    owner,
    logFile,
    ...(durability === 'none' ? { removeAfterwards: dataDir } : {}),
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!postmasterState(dataDir)?.isReady) {
    if (hasEnded(child)) throw new Error(lastWords(logFile, logStart));
    if (Date.now() > deadline) {
      child.stdin?.end();
      throw new Error(`PostgreSQL was not ready after ${READY_TIMEOUT_MS / 1000} s`);
    }
    await sleep(READY_POLL_MS);
  }
  return child;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function lastWords(logFile: string, from: number): string {
  const words = readFileSync(logFile).subarray(from).toString('utf8').trim();
  const fatal = words.split('\n').filter((line) => /FATAL|PANIC|ERROR|HINT/.test(line));
  return `PostgreSQL ended while it started: ${(fatal.length > 0 ? fatal.join(' ') : words) || 'it said nothing'}`;
}
