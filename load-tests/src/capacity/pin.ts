import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Gives the load and the servers a core each, so that neither takes the other's time. False where there is but one core
 * or no `taskset`: the figures then say less.
 */
export function pinApart(load: readonly number[], servers: readonly number[]): boolean {
  if (availableParallelism() < 2) return false;
  try {
    for (const pid of load) pin(pid, 0);
    for (const server of servers) for (const pid of withDescendants(server)) pin(pid, 1);
    return true;
  } catch {
    return false;
  }
}

/** All threads of it. */
function pin(pid: number, core: number): void {
  execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}

function withDescendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' '))
    .filter((text) => text !== '')
    .map(Number);
  return [pid, ...children.flatMap(withDescendants)];
}
