import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { Backoff } from './backoff.ts';
import { bringBack } from './bring-back.ts';
import { lastWords } from './last-words.ts';
import { isReady } from './readiness.ts';
import { RotatingLog } from './rotating-log.ts';

/** What `platform` calls a process in reserve, and what it waits for. Scripts import nobody. */
const STANDBY_VARIABLE = 'CARECONNECT_STANDBY';
const START_MESSAGE = 'start';

const READY_POLL_MS = 10;
const READY_TIMEOUT_MS = 60_000;
const STOP_PATIENCE_MS = 10_000;
const KEPT_OUTPUT_CHARS = 4_000;

export type ProcessSpec = {
  name: string;
  /** The script and its arguments, run by this Node. */
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Where it answers `/readyz`. */
  origin: string;
  logFile: string;
  /**
   * Keeps a second one loaded, which starts at once when this one dies, from so many ms after each start: before
   * that there is other work for the processor. The program knows `platform`'s standby.
   */
  standbyAfterMs?: number | undefined;
};

/** A child and the last of what it has said. */
type Launched = { child: ChildProcess; output: string };

export type ProcessEvents = {
  died: [{ code: number | null; signal: NodeJS.Signals | null }];
  restarted: [{ pid: number; downMs: number }];
  restartFailed: [{ error: unknown }];
};

/** A process that is started again whenever it dies, until it is stopped. */
export class SupervisedProcess extends EventEmitter<ProcessEvents> {
  readonly #spec: ProcessSpec;
  readonly #log: RotatingLog;
  readonly #backoff = new Backoff();
  readonly #stopping = new AbortController();
  #current: Launched;
  #startedAt = 0;
  #standby: Launched | null = null;
  #standbyTimer: NodeJS.Timeout | undefined;

  private constructor(spec: ProcessSpec) {
    super();
    this.#spec = spec;
    this.#log = new RotatingLog(spec.logFile);
    this.#current = this.#start();
  }

  /** Resolves once the process is ready; rejects with its last words when it ends before. */
  static async start(spec: ProcessSpec): Promise<SupervisedProcess> {
    const supervised = new SupervisedProcess(spec);
    try {
      await supervised.#untilReady();
    } catch (error) {
      await supervised.stop();
      throw error;
    }
    supervised.#watch();
    return supervised;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** Null between its death and its restart. */
  get pid(): number | null {
    const { child } = this.#current;
    return hasEnded(child) ? null : (child.pid ?? null);
  }

  /** Of the reserve, or null while there is none. */
  get standbyPid(): number | null {
    return this.#standby && !hasEnded(this.#standby.child) ? (this.#standby.child.pid ?? null) : null;
  }

  kill(signal: NodeJS.Signals): void {
    this.#current.child.kill(signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#standbyTimer);
    await dismiss(this.#standby);
    const { child } = this.#current;
    if (!hasEnded(child)) {
      // Not `exit`: its last lines may still be on their way to us then.
      const ended = once(child, 'close');
      const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(impatience);
    }
    await this.#log.close();
  }

  /** The one in reserve when there is one, or a new one. */
  #start(): Launched {
    const standby = this.#standby;
    this.#standby = null;
    this.#startedAt = performance.now();
    if (!standby || hasEnded(standby.child) || !standby.child.connected)
      return this.#spawn({ [STANDBY_VARIABLE]: '0' });
    // One that dies at this very moment is found to have ended, like any that dies while it starts.
    standby.child.send(START_MESSAGE, () => undefined);
    return standby;
  }

  #spawn(extra: NodeJS.ProcessEnv): Launched {
    const { args, cwd, env } = this.#spec;
    const child = spawn(process.execPath, args, {
      cwd,
      // The channel tells the process when we are gone, however that came about.
      env: { ...env, CARECONNECT_SUPERVISED: '1', ...extra },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C is for us: we stop our processes in order.
      detached: true,
    });
    const launched: Launched = { child, output: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log.write(chunk);
        launched.output = (launched.output + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARS);
      });
    }
    return launched;
  }

  #prepareStandby(): void {
    const { standbyAfterMs } = this.#spec;
    if (standbyAfterMs === undefined) return;
    clearTimeout(this.#standbyTimer);
    if (this.#stopping.signal.aborted) return;
    this.#standbyTimer = setTimeout(() => {
      this.#standby ??= this.#spawn({ [STANDBY_VARIABLE]: '1' });
    }, standbyAfterMs).unref();
  }

  #watch(): void {
    this.#prepareStandby();
    const { child } = this.#current;
    if (hasEnded(child)) void this.#revive(child);
    else child.once('exit', () => void this.#revive(child));
  }

  async #revive(dead: ChildProcess): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const diedAt = performance.now();
    this.emit('died', { code: dead.exitCode, signal: dead.signalCode });
    const isBack = await bringBack({
      restart: async () => {
        this.#current = this.#start();
        await this.#untilReady();
      },
      upMs: diedAt - this.#startedAt,
      backoff: this.#backoff,
      signal: this.#stopping.signal,
      onFailure: (error) => this.emit('restartFailed', { error }),
    });
    if (!isBack) return;
    this.emit('restarted', { pid: this.#current.child.pid ?? 0, downMs: performance.now() - diedAt });
    this.#watch();
  }

  async #untilReady(): Promise<void> {
    const { name, origin, logFile } = this.#spec;
    const { child } = this.#current;
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await isReady(origin))) {
      if (hasEnded(child)) {
        throw new Failure(
          `${name} ended while it started: ${lastWords(this.#current.output) || 'it said nothing'}`,
          {
            log: logFile,
          },
        );
      }
      if (this.#stopping.signal.aborted) throw new Failure(`${name} was stopped while it started.`);
      if (performance.now() > deadline) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
        throw new Failure(`${name} was not ready after ${READY_TIMEOUT_MS / 1000} s.`, { log: logFile });
      }
      await sleep(READY_POLL_MS);
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** It has done nothing yet that would have to be closed in order. */
async function dismiss(standby: Launched | null): Promise<void> {
  if (!standby || hasEnded(standby.child)) return;
  const ended = once(standby.child, 'close');
  standby.child.kill('SIGKILL');
  await ended;
}
