import { z } from 'zod';
import { findWeakSecrets, takeFromFiles } from './secret-settings.ts';

/** The environment did not hold what a process needs to start. Its message names every variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment once, in `main.ts`. Empty strings count as absent; a secret may be in a file instead, named by
 * its setting with `_FILE`. With `NODE_ENV=production` secrets from examples are refused.
 */
export function readConfig<T extends z.ZodObject>(
  schema: T,
  env: NodeJS.ProcessEnv = process.env,
): z.output<T> {
  const present = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
  const known = Object.keys(schema.shape);
  const { settings, problems } = takeFromFiles(present, known);
  const result = schema.safeParse(settings);
  const own = Object.fromEntries(Object.entries(settings).filter(([name]) => known.includes(name)));
  const issues = result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const lines = [...problems, ...issues, ...findWeakSecrets(own, env['NODE_ENV'] === 'production')];
  if (result.success && lines.length === 0) return result.data;
  const list = lines.map((line) => `  ${line}`).join('\n');
  throw new ConfigError(`The environment is not complete:\n${list}\nSee .env.example for every variable.`);
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
