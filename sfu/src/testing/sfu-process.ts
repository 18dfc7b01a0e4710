import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { TEST_SECRET } from './test-sfu.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface SfuProcess {
  /** The process ends at once, with nothing said. */
  kill(): Promise<void>;
}

/** A node as it runs, on this port and on loopback. */
export async function startSfuProcess(port: number, env: Record<string, string> = {}): Promise<SfuProcess> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: 'ignore',
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      SERVICE_SECRET: TEST_SECRET,
      SFU_PORT: String(port),
      SFU_WORKERS: '1',
      RTC_PIPE_IP: '127.0.0.1',
      ...env,
    },
  });
  const exited = once(child, 'exit');
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isReady, { timeout: 10_000 }).toBe(true);
  return {
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
