import { createLifecycle, createLogger, runMain } from '@careconnect/platform';
import { SignalingConfig } from './config.ts';
import type { TurnServers } from './features/visits/ice-servers.ts';
import { createSignalingServer } from './server.ts';

async function start(config: SignalingConfig): Promise<void> {
  const log = createLogger({ name: 'signaling', level: config.LOG_LEVEL });
  const lifecycle = createLifecycle({ log, isSupervised: config.CARECONNECT_SUPERVISED });

  const server = await createSignalingServer({
    host: config.SIGNALING_HOST,
    port: config.SIGNALING_PORT,
    node: config.SIGNALING_NODE,
    redisUrl: config.REDIS_URL,
    siblingUrl: config.SIGNALING_SIBLING_URL,
    apiUrl: config.API_URL,
    sfuUrls: config.SFU_URLS,
    publicOrigin: config.PUBLIC_ORIGIN,
    serviceSecret: config.SERVICE_SECRET,
    joinTicketSecret: config.JOIN_TICKET_SECRET,
    turn: turnOf(config),
    isRunning: () => lifecycle.isRunning(),
    log,
  });
  lifecycle.onStop('signaling', () => server.close());
  log.info({ url: server.url }, 'signaling listens');
}

function turnOf({ TURN_URLS: urls, TURN_SECRET: secret }: SignalingConfig): TurnServers | null {
  return urls && secret !== undefined ? { urls, secret } : null;
}

await runMain(SignalingConfig, start);
