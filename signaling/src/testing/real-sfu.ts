import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { killProcess, startProcess } from './real-process.ts';
import { SERVICE_SECRET } from './secrets.ts';

/** The real SFU with a real media worker, as a process of its own that a test may break. */
export class RealSfu {
  #process: ChildProcess;
  readonly port: number;

  static async start(): Promise<RealSfu> {
    const { process, port } = await spawnSfu(0);
    return new RealSfu(process, port);
  }

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Dies at once, as in a power cut. */
  async kill(): Promise<void> {
    await killProcess(this.#process);
  }

  async startAgain(): Promise<void> {
    ({ process: this.#process } = await spawnSfu(this.port));
  }

  /** Stays connected and answers nothing. */
  hang(): void {
    this.#process.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process.kill('SIGCONT');
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGCONT');
    this.#process.kill('SIGTERM');
    await gone;
  }
}

function spawnSfu(port: number): Promise<{ process: ChildProcess; port: number }> {
  return startProcess('sfu/src/main.ts', {
    SERVICE_SECRET,
    SFU_PORT: String(port),
    SFU_WORKERS: '1',
    RTC_LISTEN_IP: '127.0.0.1',
  });
}
