import { setTimeout as sleep } from 'node:timers/promises';
import type { Backoff } from './backoff.ts';

export type BringBackOptions = {
  /** Resolves when it is up and ready. */
  restart: () => Promise<void>;
  /** How long it had been up when it died. */
  upMs: number;
  backoff: Backoff;
  /** Ends the waiting and the trying. */
  signal: AbortSignal;
  onFailure: (error: unknown) => void;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Restarts what died until it is up again. Answers false when it was told to stop before. */
export async function bringBack({
  restart,
  upMs,
  backoff,
  signal,
  onFailure,
  wait = (ms, until) => sleep(ms, undefined, { signal: until }),
}: BringBackOptions): Promise<boolean> {
  for (let goodMs = upMs; !signal.aborted; goodMs = 0) {
    try {
      await wait(backoff.nextDelayMs(goodMs), signal);
      await restart();
      return !signal.aborted;
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }
  return false;
}
