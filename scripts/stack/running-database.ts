import { postmasterState } from './postmaster-file.ts';
import { passwordOf } from './postgres-init.ts';
import { postgresOwner } from './postgres-owner.ts';
import { reachableDataDir } from './postgres-place.ts';

/** Where the embedded server of `npm start` listens, or null while it does not run. */
export function runningDatabaseUrl(wantedDataDir: string): string | null {
  const dataDir = reachableDataDir(wantedDataDir, postgresOwner());
  const state = postmasterState(dataDir);
  if (!state?.isReady) return null;
  return `postgresql://careconnect:${passwordOf(dataDir)}@127.0.0.1:${state.port}/careconnect`;
}
