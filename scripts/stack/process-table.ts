import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type ProcessEntry = { parentPid: number; command: string };

/** What runs under this pid, or null. Reads /proc where there is one; slim images have no `ps`. */
export function processEntry(pid: number): ProcessEntry | null {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessEntry | null {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return parent === undefined ? null : { parentPid: Number(parent), command };
  } catch {
    return null;
  }
}

function fromPs(pid: number): ProcessEntry | null {
  const { status, stdout } = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const match = status === 0 ? /^\s*(\d+)\s+(.*)$/.exec(stdout.trim()) : null;
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { parentPid: Number(match[1]), command: match[2] };
}
