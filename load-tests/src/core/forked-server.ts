import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ForkedServer {
  readonly pid: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Settles when the process has ended, however that came about. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs one of the baselines as a process of its own, as it would run in earnest, so that its CPU
 * can be told from the bench's. The baseline says `{ port }` over the channel once it listens, and
 * ends when the channel closes: it cannot outlive the bench.
 */
export async function forkServer(
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ForkedServer> {
  const child = fork(fileURLToPath(new URL(`../../baselines/${script}`, import.meta.url)), {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // As our own processes: Linux shares the processor out between sessions first.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await portOf(child, script);
  return { pid: child.pid ?? 0, origin: `http://127.0.0.1:${port}`, ended, stop: () => stop(child) };
}

async function portOf(child: ChildProcess, script: string): Promise<number> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  try {
    const [message] = (await once(child, 'message', { signal: ended.signal })) as [{ port: number }];
    return message.port;
  } catch (cause) {
    throw new Error(`The baseline ${script} ended before it listened.`, { cause });
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}
