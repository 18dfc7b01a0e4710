import { join } from 'node:path';
import { LOGS, ROOT } from '../../../scripts/lib/places.mjs';
import { migrate, seedDemo } from '../../../scripts/stack/database-tasks.ts';
import { freePort } from '../../../scripts/stack/free-port.ts';
import { keepSecrets, type Secrets } from '../../../scripts/stack/secrets.ts';
import { StackDatabase } from '../../../scripts/stack/stack-database.ts';
import { SupervisedProcess } from '../../../scripts/stack/supervised-process.ts';
import { forkServer } from '../core/forked-server.ts';
import { createScratchDirectory } from '../core/scratch-directory.ts';

export interface ApiServers {
  readonly databaseUrl: string;
  /** Our api process. */
  readonly ours: string;
  /** @param script - in `load-tests/baselines` */
  startBaseline(script: string): Promise<string>;
  /** Another process of our api on the same database, with what else Node is told at its start. */
  startOurs(env: NodeJS.ProcessEnv): Promise<string>;
  stop(): Promise<void>;
}

/** So high that the bench measures the reads and not their limit. The counting itself stays on. */
const RATE_LIMIT_FACTOR = '1000000';

/**
 * PostgreSQL with full durability (an audit row that a crash could lose would be cheap to write), the
 * demo clinic, and our api in front of it.
 */
export async function startApiServers(): Promise<ApiServers> {
  const scratch = createScratchDirectory('bench-api');
  const stops: (() => Promise<void> | void)[] = [() => scratch.remove()];
  const stop = async (): Promise<void> => {
    for (const each of stops.toReversed()) await each();
  };
  try {
    const secrets = keepSecrets(join(scratch.path, 'secrets.json'));
    const database = await StackDatabase.start({
      dataDir: join(scratch.path, 'pgdata'),
      logFile: join(LOGS, 'bench-postgres.log'),
      durability: 'full',
    });
    stops.push(() => database.stop());
    await migrate(database.url);
    await seedDemo(database.url, { FIELD_ENCRYPTION_KEY: secrets.FIELD_ENCRYPTION_KEY });
    const startOurs = async (env: NodeJS.ProcessEnv): Promise<string> => {
      const api = await startApi(database.url, secrets, {
        AUDIT_ANCHOR_FILE: join(scratch.path, 'anchors.jsonl'),
        ...env,
      });
      stops.push(() => api.process.stop());
      return api.origin;
    };
    return {
      databaseUrl: database.url,
      ours: await startOurs({}),
      startOurs,
      async startBaseline(script) {
        const baseline = await forkServer(script, { DATABASE_URL: database.url });
        stops.push(() => baseline.stop());
        return baseline.origin;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startApi(
  databaseUrl: string,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
): Promise<{ origin: string; process: SupervisedProcess }> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const process_ = await SupervisedProcess.start({
    name: 'api',
    args: [join('api', 'src', 'main.ts')],
    cwd: ROOT,
    origin,
    logFile: join(LOGS, 'bench-api.log'),
    env: {
      ...process.env,
      ...secrets,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      DATABASE_URL: databaseUrl,
      API_HOST: '127.0.0.1',
      API_PORT: String(port),
      PUBLIC_ORIGIN: origin,
      // Nobody is connected to be told anything, so nobody listens there.
      SIGNALING_URL: `http://127.0.0.1:${await freePort()}`,
      COOKIE_SECURE: '0',
      RATE_LIMIT_FACTOR,
      ...env,
    },
  });
  return { origin, process: process_ };
}
