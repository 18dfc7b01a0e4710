import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { isAlive } from '../lib/process-alive.mjs';
import { GUARD_NAME } from './guarded-process.ts';
import { postmasterFile, postmasterState } from './postmaster-file.ts';
import { processEntry } from './process-table.ts';

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
    if (!isGuarded(pid)) process.kill(pid, 'SIGINT');
    if (Date.now() > deadline) {
      throw new Failure(`CareConnect already runs from this folder; its PostgreSQL is process ${pid}.`, {
        mend: 'stop it there with Ctrl-C, or end that process',
      });
    }
    await sleep(100);
  }
}

/** The pid of a server that really is one: pids are used again after a reboot. */
function serverPid(dataDir: string): number | null {
  const pid = postmasterState(dataDir)?.pid;
  if (pid === undefined || !isAlive(pid)) return null;
  return processEntry(pid)?.command.includes(dataDir) ? pid : null;
}

function isGuarded(pid: number): boolean {
  const parentPid = processEntry(pid)?.parentPid;
  return parentPid !== undefined && (processEntry(parentPid)?.command.includes(GUARD_NAME) ?? false);
}
