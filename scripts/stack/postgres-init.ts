import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { giveTo, type PostgresBinaries } from './postgres-place.ts';
import type { PostgresOwner } from './postgres-owner.ts';
import type { Durability } from './postgres-settings.ts';

const MAJOR_VERSION = '18';
/** Beside the data it opens: the two are useless without each other and leave together. */
const PASSWORD_FILE = 'careconnect.password';

/** Makes the cluster unless it is there. A crash half-way leaves only a directory that nobody looks at. */
export function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  owner: PostgresOwner,
  durability: Durability,
): void {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return requireMajorVersion(dataDir);
  const unfinished = `${dataDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  giveTo(owner, unfinished);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = `${unfinished}.password`;
  writeSecret(passwordFile, password, owner);
  try {
    runInitdb(binaries.initdb, unfinished, passwordFile, owner, durability);
    writeSecret(join(unfinished, PASSWORD_FILE), password, owner);
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(unfinished, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

export function passwordOf(dataDir: string): string {
  return readFileSync(join(dataDir, PASSWORD_FILE), 'utf8').trim();
}

function runInitdb(
  initdb: string,
  directory: string,
  passwordFile: string,
  owner: PostgresOwner,
  durability: Durability,
): void {
  const { status, stderr, error } = spawnSync(
    initdb,
    [
      `--pgdata=${directory}`,
      '--username=careconnect',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every operating system.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(durability === 'none' ? ['--no-sync', '--no-data-checksums'] : []),
    ],
    { ...owner, cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } },
  );
  if (status !== 0)
    throw new Error(`PostgreSQL could not create its data directory: ${stderr || error?.message}`);
}

function requireMajorVersion(dataDir: string): void {
  const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (found === MAJOR_VERSION) return;
  throw new Failure(`${dataDir} holds data of PostgreSQL ${found}; this version runs ${MAJOR_VERSION}.`, {
    mend: 'dump it with the old version and restore it, or move the directory away to start empty',
  });
}

function writeSecret(path: string, text: string, owner: PostgresOwner): void {
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid);
}
