import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { SERVICE_SECRET } from './secrets.ts';

const MAIN = join(import.meta.dirname, '../../../sfu/src/main.ts');
const LogLine = z.object({ port: z.number().int() });

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
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
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

async function spawnSfu(port: number): Promise<{ process: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      CARECONNECT_SUPERVISED: '1',
      LOG_LEVEL: 'info',
      SERVICE_SECRET,
      SFU_PORT: String(port),
      SFU_WORKERS: '1',
      RTC_LISTEN_IP: '127.0.0.1',
    },
  });
  const { stdout } = child;
  if (!stdout) throw new Error('the sfu has no output to read');
  for await (const line of createInterface({ input: stdout })) {
    const entry = LogLine.safeParse(JSON.parse(line));
    if (!entry.success) continue;
    stdout.resume();
    return { process: child, port: entry.data.port };
  }
  throw new Error('the sfu ended before it listened');
}
