import { readdirSync, readFileSync } from 'node:fs';
import { sum } from './statistics.ts';

const NANOSECONDS_PER_SECOND = 1e9;

/** CPU time in seconds since the start of a process. */
export interface CpuSeconds {
  /** The process's own threads. */
  readonly own: number;
  /** Its living descendants, such as media workers. */
  readonly descendants: number;
}

/**
 * CPU time that a process and its descendants have used.
 *
 * Read from the scheduler's own account of every thread (`/proc/<pid>/task/<tid>/schedstat`,
 * nanoseconds), because `/proc/<pid>/stat` counts in ticks of 10 ms and a segment is too short
 * for those. Linux only.
 */
export function cpuSecondsOf(pid: number): CpuSeconds {
  const threads = threadIds(pid);
  const children = threads.flatMap((tid) => childrenOf(pid, tid)).map(cpuSecondsOf);
  return {
    own: sum(threads.map((tid) => runNanoseconds(pid, tid))) / NANOSECONDS_PER_SECOND,
    descendants: sum(children.map(({ own, descendants }) => own + descendants)),
  };
}

function threadIds(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`);
}

function runNanoseconds(pid: number, tid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    // The thread ended between the listing and the reading.
    return 0;
  }
}

function childrenOf(pid: number, tid: string): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${tid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}
