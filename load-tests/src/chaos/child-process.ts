import { readdirSync, readFileSync } from 'node:fs';

/** The first child of a process, as mediasoup's worker is of a media server. Linux only. */
export function firstChildOf(parent: number): number {
  const child = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .find((pid) => parentOf(pid) === parent);
  if (child === undefined) throw new Error(`The process ${parent} has no child.`);
  return Number(child);
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; the parent is the second field after it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null; // it has ended meanwhile
  }
}
