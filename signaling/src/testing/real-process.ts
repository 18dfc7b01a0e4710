import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../../..');
/** What a process says once it listens. */
const LogLine = z.union([
  z.object({ port: z.number().int() }),
  z
    .object({ url: z.url().transform((url) => Number(new URL(url).port)) })
    .transform(({ url }) => ({ port: url })),
]);

/** Starts a process of ours and waits until it listens. @param main - from the root of the repository */
export async function startProcess(
  main: string,
  env: NodeJS.ProcessEnv,
): Promise<{ process: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(ROOT, main)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, CARECONNECT_SUPERVISED: '1', LOG_LEVEL: 'info', ...env },
  });
  const { stdout } = child;
  if (!stdout) throw new Error(`${main} has no output to read`);
  for await (const line of createInterface({ input: stdout })) {
    const entry = LogLine.safeParse(JSON.parse(line));
    if (!entry.success) continue;
    stdout.resume();
    return { process: child, port: entry.data.port };
  }
  throw new Error(`${main} ended before it listened`);
}

/** Dies at once, as in a power cut. */
export async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
