import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough that a worker which carries a visit has used more of the processor than one that carries none. */
const WATCHED_MS = 500;
/** A worker that carries one small visit may use less than a tick of the kernel's in that time. */
const PATIENCE_MS = 5_000;
const NAME_LENGTH = 15;

interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  /** Of the program; the kernel keeps its first 15 characters. */
  readonly name: string;
  /** Processor time so far, in the kernel's ticks. */
  readonly ticks: number;
}

/** The child of a process that works now, as that worker of a media server does which carries a visit. Linux only. */
export async function busiestChildOf(parent: number): Promise<number> {
  const before = childrenOf(parent);
  for (let watchedMs = 0; watchedMs < PATIENCE_MS; watchedMs += WATCHED_MS) {
    await sleep(WATCHED_MS);
    const used = childrenOf(parent).map(({ pid, ticks }) => ({
      pid,
      ticks: ticks - (before.find((earlier) => earlier.pid === pid)?.ticks ?? ticks),
    }));
    const [busiest] = used.toSorted((one, other) => other.ticks - one.ticks);
    if (busiest && busiest.ticks > 0) return busiest.pid;
  }
  throw new Error(`No child of the process ${parent} is at work.`);
}

/** The child of a process that runs this program. Linux only. */
export function childNamed(parent: number, program: string): number {
  const child = childrenOf(parent).find(({ name }) => name === program.slice(0, NAME_LENGTH));
  if (!child) throw new Error(`The process ${parent} has no child "${program}".`);
  return child.pid;
}

function childrenOf(parent: number): ProcessTimes[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readTimes(Number(entry)) ?? [])
    .filter((times) => times.parent === parent);
}

function readTimes(pid: number): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces. After it: state, parent, and as 12th and 13th user and system time.
    const end = stat.lastIndexOf(')');
    const name = stat.slice(stat.indexOf('(') + 1, end);
    const fields = stat
      .slice(end + 2)
      .split(' ')
      .map(Number);
    return { pid, name, parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch {
    return null; // it has ended meanwhile
  }
}
