import type { Logger } from './logger.ts';

type Stop = () => Promise<void> | void;

export interface Lifecycle {
  /** Runs on stop, last registered first. */
  onStop(name: string, stop: Stop): void;
  /** True until a stop has begun; readiness answers with it. */
  isRunning(): boolean;
  stop(reason: string): Promise<void>;
}

export interface LifecycleOptions {
  readonly log: Logger;
  /** How long everything may take to close before the process leaves anyway. */
  readonly timeoutMs?: number;
  readonly exit?: (code: number) => void;
  /** Started with an IPC channel by a supervisor; the process stops when that channel closes. */
  readonly isSupervised?: boolean;
  readonly host?: ProcessHost;
}

/** As much of Node's process as tells how it fares. */
export interface ProcessHost {
  readonly connected?: boolean;
  on(event: string, listener: (reason: unknown) => void): unknown;
  once(event: string, listener: () => void): unknown;
}

/**
 * Stops a process in order on SIGINT, SIGTERM, or when the supervisor that started it is gone,
 * and turns an error that nobody caught into a logged exit instead of a limping process.
 */
export function createLifecycle({
  log,
  timeoutMs = 8_000,
  exit = (code) => process.exit(code),
  isSupervised = false,
  host = process,
}: LifecycleOptions): Lifecycle {
  const stops: { name: string; stop: Stop }[] = [];
  let stopping: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    for (const { name, stop } of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        log.error({ err: error, part: name }, 'a part did not close cleanly');
      }
    }
  }

  function stop(reason: string, code = 0): Promise<void> {
    stopping ??= (async () => {
      log.info({ reason }, 'stopping');
      const timer = setTimeout(() => {
        log.error('did not stop in time');
        exit(1);
      }, timeoutMs);
      await closeAll();
      clearTimeout(timer);
      log.info('stopped');
      exit(code);
    })();
    return stopping;
  }

  host.once('SIGINT', () => void stop('SIGINT'));
  host.once('SIGTERM', () => void stop('SIGTERM'));
  if (isSupervised && host.connected) {
    host.once('disconnect', () => void stop('the supervisor is gone'));
  }
  host.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    void stop('uncaught exception', 1);
  });
  host.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection');
    void stop('unhandled rejection', 1);
  });

  return {
    onStop: (name, part) => void stops.push({ name, stop: part }),
    isRunning: () => stopping === null,
    stop,
  };
}
