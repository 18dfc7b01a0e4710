import { join } from 'node:path';
import { run } from '../lib/command.mjs';
import { Failure } from '../lib/failure.mjs';
import { logFile, ROOT } from '../lib/places.mjs';

const LOG = 'database';

type Task = { script: string; argument: string; mend: string; problem: string };

/** Applies the migrations that the database does not have yet. */
export function migrate(databaseUrl: string, env: Record<string, string> = {}): Promise<void> {
  return runTask(databaseUrl, env, {
    script: join('prisma', 'src', 'migrate.ts'),
    argument: 'deploy',
    problem: 'The database could not be brought up to date.',
    mend: 'correct the migration or the connection that the log names',
  });
}

/** Fills an empty database with the demo clinic; leaves one that has it alone. */
export function seedDemo(databaseUrl: string, env: Record<string, string> = {}): Promise<void> {
  return runTask(databaseUrl, env, {
    script: join('prisma', 'src', 'seed.ts'),
    argument: 'demo',
    problem: 'The demo clinic could not be put into the database.',
    mend: 'start with --no-demo, or correct what the log names',
  });
}

async function runTask(databaseUrl: string, env: Record<string, string>, task: Task): Promise<void> {
  const said: string[] = [];
  try {
    await run(process.execPath, [task.script, task.argument], {
      cwd: ROOT,
      log: LOG,
      onLine: (line) => said.push(line),
      env: { ...env, DATABASE_URL: databaseUrl },
    });
  } catch (cause) {
    throw refusal(said, cause) ?? new Failure(task.problem, { mend: task.mend, log: logFile(LOG), cause });
  }
}

/** What a task refuses in words of its own: a sentence and, on the last line, its mend. */
function refusal(said: readonly string[], cause: unknown): Failure | null {
  const [message, mend] = said.slice(-2);
  const found = /^To mend it: (.*)$/.exec(mend ?? '')?.[1];
  return message === undefined || found === undefined ? null : new Failure(message, { mend: found, cause });
}
