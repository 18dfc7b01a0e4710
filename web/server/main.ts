import { readFile } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import {
  closeServer,
  createLifecycle,
  createLogger,
  createMetrics,
  createOperationsRoutes,
  listen,
  runMain,
  type Logger,
} from '@careconnect/platform';
import { WebConfig } from './config.ts';
import { createDoorServer } from './door-server.ts';
import { createFrontDoor, type FrontDoor } from './front-door.ts';
import { createInnerProcess } from './inner-process.ts';
import { createNodes } from './several-nodes.ts';

async function start(config: WebConfig): Promise<void> {
  const log = createLogger({ name: 'web', level: config.LOG_LEVEL });
  const lifecycle = createLifecycle({ log, isSupervised: config.CARECONNECT_SUPERVISED });

  const api = createInnerProcess(config.API_URL);
  const signaling = createNodes(config.SIGNALING_URL);
  const door = createFrontDoor({
    api,
    signaling,
    pages: await loadPages(),
    operations: createOperationsRoutes({
      metrics: createMetrics('web'),
      isReady: () => lifecycle.isRunning(),
      log,
    }),
    protocol: new URL(config.PUBLIC_ORIGIN).protocol,
    trustProxy: config.TRUST_PROXY,
    log,
  });

  const server = await createListener(door, config, log);
  const { address, port } = await listen(server, config.PORT, config.HOST);
  log.info({ address, port, origin: config.PUBLIC_ORIGIN }, 'listening');

  lifecycle.onStop('server', async () => {
    // Live connections never end by themselves; requests under way do.
    signaling.endUpgraded();
    await closeServer(server);
    api.close();
    signaling.close();
  });
}

/** The build answers with the scheme that this door tells it, so the variable must be set before it loads. */
async function loadPages(): Promise<RequestListener> {
  process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
  process.env['ADDRESS_HEADER'] = 'x-forwarded-for';
  const built = new URL('../build/handler.js', import.meta.url).href;
  const { handler } = (await import(built)) as { handler: RequestListener };
  return handler;
}

async function createListener(
  door: FrontDoor,
  { TLS_CERT_FILE, TLS_KEY_FILE, TRUST_PROXY, CONNECTIONS_PER_NETWORK }: WebConfig,
  log: Logger,
): Promise<Server> {
  const isTls = TLS_CERT_FILE !== undefined && TLS_KEY_FILE !== undefined;
  return createDoorServer(door, {
    tls: isTls ? { cert: await readFile(TLS_CERT_FILE), key: await readFile(TLS_KEY_FILE) } : undefined,
    // A proxy is one address with everybody behind it, and has limits of its own.
    limits: TRUST_PROXY ? {} : { connectionsPerNetwork: CONNECTIONS_PER_NETWORK },
    log,
  });
}

await runMain(WebConfig, start);
