import { join } from 'node:path';
import { ROOT, RUNTIME } from '../lib/places.mjs';
import { step } from '../lib/progress.mjs';
import { readToolchain } from '../lib/toolchain.mjs';
import { migrate, seedDemo } from './database-tasks.ts';
import {
  environmentOfSfu,
  environments,
  inherited,
  internalOrigin,
  type ServiceName,
  type SfuName,
} from './environments.ts';
import { freePort } from './free-port.ts';
import { openFrontDoor, type FrontDoor } from './front-door.ts';
import type { Environment, StackOptions } from './options.ts';
import { Stack } from './running-stack.ts';
import { keepSecrets } from './secrets.ts';
import { StackDatabase } from './stack-database.ts';

export type { StackOptions } from './options.ts';
export type { ProcessName, Stack } from './running-stack.ts';

const MAIN: Record<ServiceName, string> = {
  sfu: join('sfu', 'src', 'main.ts'),
  signaling: join('signaling', 'src', 'main.ts'),
  api: join('api', 'src', 'main.ts'),
  web: join('web', 'server', 'main.ts'),
};

/** After a start the machine has enough to do. */
const STANDBY_AFTER_MS = 3_000;

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { dataDir = RUNTIME, quiet = false } = options;
  const given = { ...process.env, ...options.env };
  const announce: typeof step = quiet ? (_title, work) => Promise.resolve(work(() => {})) : step;
  const logs = join(dataDir, 'logs');
  const secrets = keepSecrets(join(dataDir, 'secrets.json'));
  const frontDoor = await openFrontDoor({
    lan: options.lan ?? false,
    port: options.port,
    certsDir: join(dataDir, 'certs'),
    env: given,
  });
  const database = options.databaseUrl
    ? null
    : await announce('Starting PostgreSQL', () => startDatabase(options, logs));
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  try {
    await announce('Bringing the database up to date', async () => {
      const keys = { FIELD_ENCRYPTION_KEY: secrets.FIELD_ENCRYPTION_KEY };
      await migrate(databaseUrl, keys);
      if ((options.seed ?? (database ? 'demo' : 'none')) === 'demo') await seedDemo(databaseUrl, keys);
    });
    return await announce('Starting the services', () => startServices());
  } catch (error) {
    await database?.stop();
    throw error;
  }

  async function startServices(): Promise<Stack> {
    const ports = { sfu: await freePort(), signaling: await freePort(), api: await freePort() };
    const urls = serviceUrls(ports, frontDoor);
    const otherSfus = await portsOfOthers(options.sfuNodes ?? 1);
    const env = environments({
      databaseUrl,
      secrets,
      frontDoor,
      ports,
      otherSfus,
      mailDir: join(dataDir, 'mail'),
      blobDir: join(dataDir, 'attachments'),
      auditAnchorFile: join(dataDir, 'audit-anchors.jsonl'),
      workerBinary: readToolchain(given).MEDIASOUP_WORKER_BIN,
      logLevel: options.logLevel ?? given['LOG_LEVEL'] ?? 'info',
      given,
    });
    const sfuUrls = new Map<SfuName, string>([['sfu', urls.sfu]]);
    for (const [name, port] of otherSfus) sfuUrls.set(name, internalOrigin(port));
    const stack = new Stack(
      { origin: frontDoor.publicOrigin, urls, sfuUrls, databaseUrl, secrets },
      database,
    );
    const launch = (service: ServiceName): Promise<void> =>
      launchAs(service, service, env[service], urls[service]);
    const launchAs = (
      name: ServiceName | SfuName,
      service: ServiceName,
      own: Environment,
      origin: string,
    ): Promise<void> =>
      stack.launch(name, {
        name,
        args: [MAIN[service]],
        cwd: ROOT,
        env: {
          // What was compiled once is not compiled again: a process that was killed is back sooner.
          NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
          ...inherited(given, service),
          NODE_ENV: 'production',
          ...own,
          ...options.env,
        },
        origin,
        standbyAfterMs: given['CARECONNECT_STANDBY'] === '0' ? undefined : STANDBY_AFTER_MS,
        logFile: join(logs, `${name}.log`),
      });
    try {
      await allSettledOrThrow([
        launch('sfu'),
        ...[...otherSfus].map(([name, port]) =>
          launchAs(name, 'sfu', environmentOfSfu(env.sfu, name, port), internalOrigin(port)),
        ),
        launch('signaling'),
        launch('api'),
      ]);
      await launch('web');
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }
}

function startDatabase(options: StackOptions, logs: string): Promise<StackDatabase> {
  const { dataDir = RUNTIME, durability = 'full' } = options;
  return StackDatabase.start({
    dataDir: join(dataDir, 'pgdata'),
    logFile: join(logs, 'postgres.log'),
    durability,
  });
}

function serviceUrls(
  ports: Record<Exclude<ServiceName, 'web'>, number>,
  door: FrontDoor,
): Record<ServiceName, string> {
  return {
    sfu: internalOrigin(ports.sfu),
    signaling: internalOrigin(ports.signaling),
    api: internalOrigin(ports.api),
    web: door.localOrigin,
  };
}

async function portsOfOthers(sfuNodes: number): Promise<Map<SfuName, number>> {
  const ports = new Map<SfuName, number>();
  for (let node = 2; node <= sfuNodes; node += 1) ports.set(`sfu-${node}`, await freePort());
  return ports;
}

/** Waits for all before it fails, so that nothing starts behind the back of the clean-up. */
async function allSettledOrThrow(starts: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(starts)) {
    if (result.status === 'rejected') throw result.reason;
  }
}
