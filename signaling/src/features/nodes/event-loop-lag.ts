import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface EventLoopLag {
  /** 99th percentile since it was asked last, in ms, of what a timer came late. */
  read(): number;
  stop(): void;
}

/** As coarse as platform's own metrics: an idle process is woken ten times a second. */
const RESOLUTION_MS = 100;

export function watchEventLoop(): EventLoopLag {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    read() {
      const late = delays.count > 0 ? delays.percentile(99) / 1e6 - RESOLUTION_MS : 0;
      delays.reset();
      return Math.max(0, Math.round(late * 10) / 10);
    },
    stop: () => void delays.disable(),
  };
}
