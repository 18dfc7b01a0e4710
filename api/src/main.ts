import {
  answerOperators,
  closeServer,
  createFetchOutbound,
  createLifecycle,
  createLogger,
  createMetrics,
  createServiceClient,
  createServiceTokens,
  listen,
  runPreparedMain,
  systemClock,
  type Logger,
} from '@careconnect/platform';
import { connectRedis, type Redis } from '@careconnect/platform/redis';
import { createDatabase, KEY_REFRESH_MS, type Database } from '@careconnect/prisma';
import { composeApi } from './compose.ts';
import { alertRulesOf, ApiConfig, retentionOf } from './config.ts';
import { createAnchorFile } from './core/anchor-store.ts';
import { isDatabaseAway } from './core/database-failure.ts';
import { openFileStores } from './core/file-stores.ts';
import { readKeyHolders } from './core/key-holders.ts';
import { createMailer } from './core/mailer.ts';
import { openSmsGateway } from './core/sms-gateway.ts';
import { createClamd, type VirusScanner } from './core/virus-scanner.ts';
import { createApiServer } from './server.ts';

const SWEEP_EVERY_MS = 3_600_000;
const DELIVER_WAITING_EVERY_MS = 30_000;
const CLAMD_PORT = 3_310;

interface Prepared {
  readonly config: ApiConfig;
  readonly log: Logger;
  readonly database: Database;
  readonly redis: Redis | null;
}

/** Loading what turns queries into SQL takes longer than all the rest of a start. */
async function prepare(config: ApiConfig): Promise<Prepared> {
  const log = createLogger({ name: 'api', level: config.LOG_LEVEL });
  const database = createDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  await database.warmUp();
  const redis = config.REDIS_URL ? await connectRedis({ url: config.REDIS_URL, log }) : null;
  return { config, log, database, redis };
}

async function start({ config, log, database, redis }: Prepared): Promise<void> {
  const metrics = createMetrics('api');
  const serviceTokens = createServiceTokens(config.SERVICE_SECRET, 'api');
  const fetchOutbound = createFetchOutbound({ allowed: config.OUTBOUND_ALLOWED });
  const api = composeApi(
    {
      accessTokenSecret: config.ACCESS_TOKEN_SECRET,
      joinTicketSecret: config.JOIN_TICKET_SECRET,
      auditSigningKey: config.AUDIT_SIGNING_KEY,
      auditAnchorEveryMs: 60_000 * config.AUDIT_ANCHOR_MINUTES,
      publicOrigin: new URL(config.PUBLIC_ORIGIN).origin,
      isCookieSecure: config.COOKIE_SECURE,
      rateLimitFactor: config.RATE_LIMIT_FACTOR,
      operatorOrganization: config.OPERATOR_ORGANIZATION ?? null,
      alertRules: alertRulesOf(config),
      retention: retentionOf(config),
    },
    {
      database,
      keys: readKeyHolders(config),
      clock: systemClock,
      log,
      metrics,
      mailer: createMailer({
        from: config.MAIL_FROM,
        smtpUrl: config.SMTP_URL ?? null,
        directory: config.MAIL_DIR,
      }),
      sms: openSmsGateway(config, fetchOutbound),
      ...openFileStores(config),
      scanner: scannerOf(config, log),
      anchors: createAnchorFile(config.AUDIT_ANCHOR_FILE),
      serviceTokens,
      callSignaling: createServiceClient({
        baseUrl: config.SIGNALING_URL,
        audience: 'signaling',
        tokens: serviceTokens,
        timeoutMs: 2_000,
      }),
      fetchOutbound,
      redis,
    },
  );
  await api.encryptionKeys.verify().catch(async (error: unknown) => {
    if (isDatabaseAway(error)) {
      log.warn({ err: error }, 'the encryption key is verified as soon as the database answers');
      return;
    }
    await database.close();
    throw error;
  });
  const lifecycle = createLifecycle({ log, isSupervised: config.CARECONNECT_SUPERVISED });
  lifecycle.onStop('redis', () => redis?.destroy());
  lifecycle.onStop('database', () => database.close());
  // After all that leaves a trace.
  lifecycle.onStop('sealing', () => api.sealing.stop());
  lifecycle.onStop('work under way', () => api.idle());

  api.sealing.start();
  const sweeping = setInterval(() => {
    api.sweep().catch((error: unknown) => log.error({ err: error }, 'the sweep failed'));
  }, SWEEP_EVERY_MS);
  lifecycle.onStop('sweeping', () => clearInterval(sweeping));

  const delivering = setInterval(() => {
    api
      .deliverWaiting()
      .catch((error: unknown) => log.error({ err: error }, 'waiting files could not be taken up'));
  }, DELIVER_WAITING_EVERY_MS);
  lifecycle.onStop('delivering', () => clearInterval(delivering));

  const lookingForKeys = setInterval(() => {
    api.encryptionKeys
      .refresh()
      .catch((error: unknown) => log.error({ err: error }, 'the data keys cannot be read'));
  }, KEY_REFRESH_MS);
  lifecycle.onStop('looking for keys', () => clearInterval(lookingForKeys));

  const isReady = async (): Promise<boolean> => {
    await api.encryptionKeys.verify();
    return lifecycle.isRunning() && (await database.pool.query('SELECT 1')).rowCount === 1;
  };
  const server = createApiServer(answerOperators({ metrics, isReady, log }, api.app));
  const address = await listen(server, config.API_PORT, config.API_HOST);
  lifecycle.onStop('http', () => closeServer(server));
  log.info({ port: address.port }, 'listening');
}

function scannerOf({ ANTIVIRUS_URL }: ApiConfig, log: Logger): VirusScanner | null {
  if (ANTIVIRUS_URL === undefined) {
    log.info('files are not looked through for viruses: ANTIVIRUS_URL is not set');
    return null;
  }
  const { hostname, port } = new URL(ANTIVIRUS_URL);
  return createClamd({ host: hostname, port: Number(port || CLAMD_PORT) });
}

await runPreparedMain(ApiConfig, prepare, start);
