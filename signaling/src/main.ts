import { createLifecycle, createLogger, LogLevel, Port, readConfig, Secret } from '@careconnect/platform';
import { SignalingNode } from '@careconnect/contracts/internal';
import { z } from 'zod';
import { createSignalingServer } from './server.ts';

const config = readConfig(
  z.object({
    LOG_LEVEL: LogLevel,
    SIGNALING_HOST: z.string().default('127.0.0.1'),
    SIGNALING_PORT: Port,
    SIGNALING_NODE: SignalingNode.default('signaling'),
    API_URL: z.url(),
    SFU_URL: z.url(),
    PUBLIC_ORIGIN: z.url().transform((url) => new URL(url).origin),
    SERVICE_SECRET: Secret,
    JOIN_TICKET_SECRET: Secret,
  }),
);
const log = createLogger({ name: 'signaling', level: config.LOG_LEVEL });
const lifecycle = createLifecycle({ log });

const server = await createSignalingServer({
  host: config.SIGNALING_HOST,
  port: config.SIGNALING_PORT,
  node: config.SIGNALING_NODE,
  apiUrl: config.API_URL,
  sfuUrl: config.SFU_URL,
  publicOrigin: config.PUBLIC_ORIGIN,
  serviceSecret: config.SERVICE_SECRET,
  joinTicketSecret: config.JOIN_TICKET_SECRET,
  isRunning: () => lifecycle.isRunning(),
  log,
});
lifecycle.onStop('signaling', () => server.close());
log.info({ url: server.url }, 'signaling listens');
