import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type PostmasterState = { pid: number; port: number; isReady: boolean };

/** What the server says of itself in its pid file; null when there is none (yet). */
export function postmasterState(dataDir: string): PostmasterState | null {
  try {
    return parsePostmasterFile(readFileSync(postmasterFile(dataDir), 'utf8'));
  } catch {
    return null;
  }
}

export function postmasterFile(dataDir: string): string {
  return join(dataDir, 'postmaster.pid');
}

/** Lines: pid, data directory, start time, port, socket directory, address, shared memory, status. */
export function parsePostmasterFile(text: string): PostmasterState | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), isReady: lines[7] === 'ready' };
}
