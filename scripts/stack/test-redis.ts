import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { presentRedis } from '../lib/redis.mjs';
import { freePort } from './free-port.ts';

const READY_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** A real Redis on loopback, with what it knows on disk, that a test may break. */
export class TestRedis {
  readonly port: number;
  readonly #program: string;
  readonly #directory: string;
  #process: ChildProcess;

  /** Whether there is a Redis on this machine to test with. */
  static isPresent(): boolean {
    return presentRedis() !== null;
  }

  static async start(): Promise<TestRedis> {
    const program = presentRedis();
    if (program === null) throw new Failure('There is no Redis to test with.');
    const directory = mkdtempSync(join(tmpdir(), 'careconnect-redis-'));
    const port = await freePort();
    return new TestRedis(program, directory, port, await run(program, directory, port));
  }

  private constructor(program: string, directory: string, port: number, process: ChildProcess) {
    this.#program = program;
    this.#directory = directory;
    this.port = port;
    this.#process = process;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Dies at once, as in a power cut. */
  async kill(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  async startAgain(): Promise<void> {
    this.#process = await run(this.#program, this.#directory, this.port);
  }

  /** Stays connected and answers nothing. */
  hang(): void {
    this.#process.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process.kill('SIGCONT');
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function run(program: string, directory: string, port: number): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
  const durability = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  const child = spawn(program, [...settings, ...durability], { stdio: 'ignore' });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Failure('Redis did not start.');
    await sleep(LOOK_EVERY_MS);
  }
  return child;
}

/** It listens before it has read what it knows. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
