import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../lib/failure.mjs';

const NAMES = [
  'ACCESS_TOKEN_SECRET',
  'JOIN_TICKET_SECRET',
  'SERVICE_SECRET',
  'FIELD_ENCRYPTION_KEY',
  'AUDIT_SIGNING_KEY',
] as const;

export type Secrets = Record<(typeof NAMES)[number], string>;

/** Reads the kept secrets and makes those that are missing: 32 random bytes each, base64url. */
export function keepSecrets(file: string): Secrets {
  const kept = existsSync(file) ? readSecrets(file) : {};
  const missing = NAMES.filter((name) => kept[name] === undefined);
  const secrets = { ...Object.fromEntries(missing.map((name) => [name, newSecret()])), ...kept } as Secrets;
  if (missing.length > 0) writeAtOnce(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

function readSecrets(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new Failure(`${file} holds the secrets of this installation and cannot be read.`, {
      mend: 'put it back from a backup; without it what is encrypted in the database is lost',
      cause,
    });
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A half-written file would cost every encrypted row. */
function writeAtOnce(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
}
