import { spawnSync } from 'node:child_process';
import { Failure } from '../lib/failure.mjs';

/**
 * The account that PostgreSQL runs under. Empty for an ordinary user, who runs it as
 * themselves; PostgreSQL refuses to run as root, so root hands it to `postgres`.
 */
export type PostgresOwner = { uid?: number; gid?: number };

/** Creates the account when root needs one and the machine has none. */
export function postgresOwner(): PostgresOwner {
  if (process.getuid?.() !== 0) return {};
  const owner = lookUp();
  if (owner) return owner;
  spawnSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '-g', 'postgres', '-M', '-s', '/usr/sbin/nologin', 'postgres'], {
    stdio: 'ignore',
  });
  const created = lookUp();
  if (created) return created;
  throw new Failure('PostgreSQL does not run as root, and no "postgres" account could be created.', {
    mend: 'create one (useradd --system postgres), run as an ordinary user, or set DATABASE_URL',
  });
}

/** Whether the account can use the path; asks the kernel, because mode bits do not tell of ACLs and parents. */
export function canUse(owner: PostgresOwner, path: string): boolean {
  return spawnSync('test', ['-x', path], { ...owner, cwd: '/', stdio: 'ignore' }).status === 0;
}

function lookUp(): PostgresOwner | null {
  const ids = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number.parseInt(stdout, 10) : Number.NaN;
  });
  const [uid, gid] = ids;
  if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid)) return null;
  return { uid, gid };
}
