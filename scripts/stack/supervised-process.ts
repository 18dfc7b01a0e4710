import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { Backoff } from './backoff.ts';
import { bringBack } from './bring-back.ts';
import { lastWords } from './last-words.ts';
import { isReady } from './readiness.ts';
import { RotatingLog } from './rotating-log.ts';

const READY_POLL_MS = 25;
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
};

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
  #child: ChildProcess;
  #spawnedAt = 0;
  #output = '';

  private constructor(spec: ProcessSpec) {
    super();
    this.#spec = spec;
    this.#log = new RotatingLog(spec.logFile);
    this.#child = this.#spawn();
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
    return hasEnded(this.#child) ? null : (this.#child.pid ?? null);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
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

  #spawn(): ChildProcess {
    const { args, cwd, env } = this.#spec;
    const child = spawn(process.execPath, args, {
      cwd,
      // The channel tells the process when we are gone, however that came about.
      env: { ...env, CARECONNECT_SUPERVISED: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C is for us: we stop our processes in order.
      detached: true,
    });
    this.#spawnedAt = performance.now();
    this.#output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log.write(chunk);
        this.#output = (this.#output + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARS);
      });
    }
    return child;
  }

  #watch(): void {
    const child = this.#child;
    if (hasEnded(child)) void this.#revive(child);
    else child.once('exit', () => void this.#revive(child));
  }

  async #revive(dead: ChildProcess): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const diedAt = performance.now();
    this.emit('died', { code: dead.exitCode, signal: dead.signalCode });
    const isBack = await bringBack({
      restart: async () => {
        this.#child = this.#spawn();
        await this.#untilReady();
      },
      upMs: diedAt - this.#spawnedAt,
      backoff: this.#backoff,
      signal: this.#stopping.signal,
      onFailure: (error) => this.emit('restartFailed', { error }),
    });
    if (!isBack) return;
    this.emit('restarted', { pid: this.#child.pid ?? 0, downMs: performance.now() - diedAt });
    this.#watch();
  }

  async #untilReady(): Promise<void> {
    const { name, origin, logFile } = this.#spec;
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await isReady(origin))) {
      if (hasEnded(this.#child)) {
        throw new Failure(`${name} ended while it started: ${lastWords(this.#output) || 'it said nothing'}`, {
          log: logFile,
        });
      }
      if (this.#stopping.signal.aborted) throw new Failure(`${name} was stopped while it started.`);
      if (performance.now() > deadline) {
        const ended = once(this.#child, 'exit');
        this.#child.kill('SIGKILL');
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
