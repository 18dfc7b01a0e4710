import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import type { PostgresOwner } from './postgres-owner.ts';

/** Shows in the process table, so that a left-over can tell whether its guard still lives. */
export const GUARD_NAME = 'careconnect-guard';

/**
 * Ends the server when our end of its stdin closes: when we ask for it, and also when we were
 * killed without a chance to. `exec 3<&0` because a shell gives background jobs an empty stdin.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT "$server"; } 2>/dev/null &
watcher=$!
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
if [ -n "$REMOVE_AFTERWARDS" ]; then rm -rf "$REMOVE_AFTERWARDS" 2>/dev/null; fi
exit "$status"
`;

export type GuardedCommand = {
  command: string;
  args: readonly string[];
  owner: PostgresOwner;
  logFile: string;
  /** A directory that is of no use once the server has ended. */
  removeAfterwards?: string;
};

/** Closing the returned process's stdin stops the server. Its own process group keeps Ctrl-C away from it. */
export function spawnGuarded({
  command,
  args,
  owner,
  logFile,
  removeAfterwards,
}: GuardedCommand): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    return spawn('/bin/sh', ['-c', GUARD, GUARD_NAME, command, ...args], {
      ...owner,
      cwd: '/',
      detached: true,
      stdio: ['pipe', log, log],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', REMOVE_AFTERWARDS: removeAfterwards ?? '' },
    });
  } finally {
    closeSync(log);
  }
}
