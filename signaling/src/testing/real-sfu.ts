import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { killProcess, startProcess } from './real-process.ts';
import { SERVICE_SECRET } from './secrets.ts';

const ROOMS = /^careconnect_sfu_rooms\{.*\} (\d+)$/m;

/** The real SFU with a real media worker, as a process of its own that a test may break. */
export class RealSfu {
  readonly #node: string;
  #process: ChildProcess;
  readonly port: number;

  /** @param node - its name among those of a test that has several */
  static async start(node = 'sfu'): Promise<RealSfu> {
    const { process, port } = await spawnSfu(node, 0);
    return new RealSfu(node, process, port);
  }

  private constructor(node: string, process: ChildProcess, port: number) {
    this.#node = node;
    this.#process = process;
    this.port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** How many rooms it holds. */
  async rooms(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    return Number(ROOMS.exec(metrics)?.[1]);
  }

  /** Dies at once, as in a power cut. */
  async kill(): Promise<void> {
    await killProcess(this.#process);
  }

  async startAgain(): Promise<void> {
    ({ process: this.#process } = await spawnSfu(this.#node, this.port));
  }

  /** As an operator stops it. @returns its exit code, when it has gone */
  async stop(): Promise<number | null> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    return code;
  }

  /** An operator wants it to carry nothing, and to stay. */
  drain(): void {
    this.#process.kill('SIGUSR2');
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

function spawnSfu(node: string, port: number): Promise<{ process: ChildProcess; port: number }> {
  return startProcess('sfu/src/main.ts', {
    SERVICE_SECRET,
    SFU_NODE: node,
    SFU_PORT: String(port),
    SFU_WORKERS: '1',
    RTC_LISTEN_IP: '127.0.0.1',
  });
}
