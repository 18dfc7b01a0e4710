import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { ROOT, RUNTIME } from '../lib/places.mjs';
import { runningDatabaseUrl } from './running-database.ts';
import { keepSecrets } from './secrets.ts';

/**
 * Runs a command of api's on the database of `npm start`, with its secrets and files, unless others are set. Answers with
 * its exit code.
 */
export function runOperatorCommand(script: string, args: readonly string[]): Promise<number> {
  const isQuestion = args.length === 0 || args.includes('--help');
  const isGiven = isQuestion || Boolean(process.env['DATABASE_URL']);
  const env = isGiven ? process.env : { ...environmentOfStart(), ...process.env };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit', env });
    process.on('SIGINT', () => {});
    process.once('SIGTERM', () => child.kill('SIGTERM'));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function environmentOfStart() {
  const secrets = join(RUNTIME, 'secrets.json');
  const url = existsSync(secrets) ? runningDatabaseUrl(join(RUNTIME, 'pgdata')) : null;
  if (url === null) {
    throw new Failure('There is no database to ask.', {
      mend: 'run npm start beside this, or set DATABASE_URL and what else api is told',
    });
  }
  const { FIELD_ENCRYPTION_KEY } = keepSecrets(secrets);
  return {
    DATABASE_URL: url,
    FIELD_ENCRYPTION_KEY,
    BLOB_DIR: join(RUNTIME, 'attachments'),
    PUBLIC_ORIGIN: 'http://localhost:8080',
  };
}
