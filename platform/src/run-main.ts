import type { z } from 'zod';
import { ConfigError, readConfig } from './config.ts';
import { isStandby, untilNeeded } from './standby.ts';

export interface RunMainOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Ends a process that cannot start, with a sentence. */
  readonly refuse?: (sentence: string) => void;
}

/**
 * The frame of every `main.ts`: reads the environment and starts, or stands by until it is needed. What the
 * environment lacks is said in a sentence for whoever set it up; any other failure keeps its stack.
 */
export function runMain<T extends z.ZodObject>(
  schema: T,
  start: (config: z.output<T>) => Promise<void>,
  options?: RunMainOptions,
): Promise<void> {
  return runPreparedMain(schema, (config) => config, start, options);
}

/**
 * {@link runMain} for a process that takes a while to get ready for its work.
 * @param prepare - what a process in reserve does ahead: it takes nothing that the one at work holds, such as a port
 */
export async function runPreparedMain<T extends z.ZodObject, Prepared>(
  schema: T,
  prepare: (config: z.output<T>) => Promise<Prepared> | Prepared,
  start: (prepared: Prepared) => Promise<void>,
  { env = process.env, refuse = sayAndFail }: RunMainOptions = {},
): Promise<void> {
  try {
    const prepared = await prepare(readConfig(schema, env));
    if (isStandby(env)) await untilNeeded();
    await start(prepared);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    refuse(error.message);
  }
}

function sayAndFail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
