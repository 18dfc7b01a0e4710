import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { isAlive } from '../lib/process-alive.mjs';
import { GUARD_NAME } from './guarded-process.ts';
import { postmasterFile, postmasterState } from './postmaster-file.ts';
import { processEntry } from './process-table.ts';

/** Shows in the process table of `npm start`. */
const START_SCRIPT = 'start.mjs';
/** A guard that lost its parent needs a moment for PostgreSQL's shutdown. */
const GRACE_MS = 10_000;

/**
 * Makes the data directory free to start on after a crash: a dead server's pid file goes, a
 * server without its guard is stopped. A guarded one belongs to a running CareConnect.
 */
export async function clearLeftovers(dataDir: string): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  for (;;) {
    const pid = serverPid(dataDir);
    if (pid === null) return rmSync(postmasterFile(dataDir), { force: true });
    const guard = guardOf(pid);
    if (guard === null) process.kill(pid, 'SIGINT');
    const owner = guard === null ? null : startOf(guard);
    if ((owner !== null && isAttended(owner)) || Date.now() > deadline) throw alreadyRuns(owner);
    await sleep(100);
  }
}

/** The pid of a server that really is one: pids are used again after a reboot. */
function serverPid(dataDir: string): number | null {
  const pid = postmasterState(dataDir)?.pid;
  if (pid === undefined || !isAlive(pid)) return null;
  return processEntry(pid)?.command.includes(dataDir) ? pid : null;
}

/** The pid of the guard that ends the server with its parent. */
function guardOf(pid: number): number | null {
  const parentPid = processEntry(pid)?.parentPid;
  if (parentPid === undefined) return null;
  return processEntry(parentPid)?.command.includes(GUARD_NAME) ? parentPid : null;
}

/** The `npm start` that a guard serves; null when it has gone and the guard is about to follow it. */
function startOf(guard: number): number | null {
  const parentPid = processEntry(guard)?.parentPid;
  if (parentPid === undefined) return null;
  return processEntry(parentPid)?.command.includes(START_SCRIPT) ? parentPid : null;
}

/** Its npm still waits for it. One whose npm has ended is about to stop: a supervisor's restart comes so early. */
function isAttended(start: number): boolean {
  const parentPid = processEntry(start)?.parentPid;
  return parentPid !== undefined && /npm|start\.mjs/.test(processEntry(parentPid)?.command ?? '');
}

function alreadyRuns(owner: number | null): Failure {
  const who = owner === null ? '' : ` (process ${owner})`;
  return new Failure(`CareConnect already runs from this folder${who}.`, {
    mend: 'stop that npm start with Ctrl-C',
  });
}
