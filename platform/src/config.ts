import { z } from 'zod';

/** The environment did not hold what a process needs to start. Its message names every variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment once, in `main.ts`. Empty strings count as absent. */
export function readConfig<T extends z.ZodObject>(
  schema: T,
  env: NodeJS.ProcessEnv = process.env,
): z.output<T> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(
    `The environment is not complete:\n${lines.join('\n')}\nSee .env.example for every variable.`,
  );
}

/** Building blocks that several processes share. */
export const Port = z.coerce.number().int().min(0).max(65_535);
export const Secret = z.string().min(32, 'must have at least 32 characters');
export const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info');
export const Flag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true');
/** Set by a supervisor that starts the process with an IPC channel: the process ends when the channel does. */
export const Supervised = Flag.default(false);
