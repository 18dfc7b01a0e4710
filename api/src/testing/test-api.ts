import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints } from '@careconnect/contracts';
import {
  closeServer,
  createFetchOutbound,
  createLogger,
  createMetrics,
  createServiceClient,
  createServiceTokens,
  listen,
  type CallService,
  type Registry,
  type ServerLimits,
} from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import {
  createDatabase,
  createFieldCipher,
  createInstallationKeys,
  createOwnersDatabase,
  openKeySettings,
  type Database,
  type InstallationKeys,
} from '@careconnect/prisma';
import { createTestDatabase, dropTestDatabase } from '../../../scripts/stack/test-database.ts';
import { composeApi } from '../compose.ts';
import { DEFAULT_ALERT_RULES } from '../core/alert-rules.ts';
import type { Anchor } from '../core/anchor-store.ts';
import { createTolerantCipher, type FieldCipher } from '../core/field-cipher.ts';
import { openFileStores } from '../core/file-stores.ts';
import type { ObjectStore } from '../core/object-store.ts';
import { DEFAULT_RETENTION } from '../core/retention.ts';
import type { VirusScanner } from '../core/virus-scanner.ts';
import type { Mail, Mailer } from '../core/mailer.ts';
import type { SmsGateway } from '../core/sms-gateway.ts';
import { createApiServer } from '../server.ts';
import { TEST_PASSWORD, type ClinicMember } from './a-clinic.ts';
import { startRecordingSignaling, type RecordingSignaling } from './recording-signaling.ts';
import { createTestClient, type TestClient } from './test-client.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

export interface TestApiOptions {
  /** `inject('postgresUrl')` of vitest, or the url of any server with a migrated template. */
  readonly postgresUrl: string;
  readonly clock?: TestClock;
  /** High enough that no test meets a limit by accident, unless told. */
  readonly rateLimitFactor?: number;
  readonly logLevel?: string;
  readonly operatorOrganization?: string;
  /** How many connections the api has. */
  readonly poolSize?: number;
  /** Instead of the one that keeps every mail in `mails`. */
  readonly mailer?: Mailer;
  /** Text messages; none are sent unless told. */
  readonly sms?: SmsGateway;
  /** Shared with other nodes. */
  readonly redis?: Redis;
  /** How long a client may take; as in production unless told. */
  readonly limits?: Partial<ServerLimits>;
  /** Instead of a directory. */
  readonly objects?: ObjectStore;
  readonly scanner?: VirusScanner;
  /** What an operator has opened besides public addresses. */
  readonly outboundAllowed?: readonly string[];
  /** A node whose database, keys and files this one has too. */
  readonly beside?: TestApi;
}

interface SharedByNodes {
  readonly databaseUrl: string;
  readonly fieldEncryptionKey: string;
  readonly blobDirectory: string;
}

/** The composed api on a port of its own and a fresh, migrated database. */
export interface TestApi {
  readonly url: string;
  /** The owner's view of it, over every wall: for what a test makes, and for its look at what was done. */
  readonly database: Database;
  /** What the api itself works on. */
  readonly walledDatabase: Database;
  readonly clock: TestClock;
  readonly cipher: FieldCipher;
  /** Those of another process than the api's own, such as a command. */
  readonly keys: InstallationKeys;
  readonly shared: SharedByNodes;
  readonly signaling: RecordingSignaling;
  readonly mails: readonly Mail[];
  readonly metrics: Registry;
  readonly joinTicketSecret: string;
  /** Where voice notes and stills lie. */
  readonly blobDirectory: string;
  /** Calls `/internal/v1` as signaling does. */
  readonly asSignaling: CallService;
  readonly serviceSecret: string;
  /** Nobody is signed in. */
  client(headers?: Readonly<Record<string, string>>): TestClient;
  /** Signs in through the front, like a browser. */
  signIn(member: Pick<ClinicMember, 'email'>, password?: string): Promise<TestClient>;
  readonly auditSigningKey: string;
  readonly anchors: readonly Anchor[];
  /** What happens every second in production; answers how many audit rows were sealed. */
  seal(): Promise<number>;
  /** What happens every quarter of an hour. */
  anchor(): Promise<void>;
  /** What happens every hour. */
  sweep(): Promise<void>;
  /** What happens every half minute. */
  deliverWaiting(): Promise<void>;
  /** What happens every ten seconds. */
  refreshKeys(): Promise<void>;
  /** Waits until mails and pushes that were started are delivered. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestApi(options: TestApiOptions): Promise<TestApi> {
  const { postgresUrl, clock = createTestClock(), rateLimitFactor = 1_000, logLevel = 'silent' } = options;
  const secret = () => randomBytes(32).toString('base64url');
  const [serviceSecret, joinTicketSecret] = [secret(), secret()];
  const shared = options.beside?.shared ?? {
    databaseUrl: await createTestDatabase(postgresUrl),
    fieldEncryptionKey: secret(),
    blobDirectory: await mkdtemp(join(tmpdir(), 'careconnect-blobs-')),
  };
  const { databaseUrl, blobDirectory } = shared;
  const auditSigningKey = secret();
  const anchors: Anchor[] = [];
  const database = createOwnersDatabase({ url: databaseUrl, poolSize: 8 });
  const walledDatabase = createDatabase({ url: databaseUrl, poolSize: options.poolSize ?? 8 });
  const holders = openKeySettings({ FIELD_ENCRYPTION_KEY: shared.fieldEncryptionKey });
  const keys = createInstallationKeys({ ...holders, database, now: () => clock.now() });
  await keys.open();
  const signaling = await startRecordingSignaling(serviceSecret);
  const mails: Mail[] = [];
  const metrics = createMetrics('api');
  const log = createLogger({ name: 'api', level: logLevel });
  const serviceTokens = createServiceTokens(serviceSecret, 'api');
  const api = composeApi(
    {
      accessTokenSecret: secret(),
      joinTicketSecret,
      auditSigningKey,
      auditAnchorEveryMs: 0,
      publicOrigin: 'https://clinic.example',
      isCookieSecure: true,
      rateLimitFactor,
      operatorOrganization: options.operatorOrganization ?? null,
      alertRules: DEFAULT_ALERT_RULES,
      retention: DEFAULT_RETENTION,
    },
    {
      database: walledDatabase,
      keys: holders,
      clock,
      log,
      metrics,
      sms: options.sms ?? null,
      mailer: options.mailer ?? { send: async (mail) => void mails.push(mail) },
      ...openFileStores({ BLOB_DIR: blobDirectory, S3_REGION: '' }),
      ...(options.objects ? { objects: options.objects } : {}),
      scanner: options.scanner ?? null,
      anchors: { append: async (added) => void anchors.push(...added) },
      serviceTokens,
      callSignaling: createServiceClient({
        baseUrl: signaling.url,
        audience: 'signaling',
        tokens: serviceTokens,
      }),
      fetchOutbound: createFetchOutbound({ allowed: options.outboundAllowed ?? [] }),
      redis: options.redis ?? null,
    },
  );
  const server = createApiServer((request, response) => void api.app(request, response), options.limits);
  const { port } = await listen(server, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    database,
    walledDatabase,
    clock,
    cipher: createTolerantCipher({
      cipher: createFieldCipher(keys),
      log,
      metrics: createMetrics('test'),
    }),
    keys,
    shared,
    signaling,
    mails,
    metrics,
    joinTicketSecret,
    blobDirectory,
    serviceSecret,
    asSignaling: createServiceClient({
      baseUrl: url,
      audience: 'api',
      tokens: createServiceTokens(serviceSecret, 'signaling'),
    }),
    client: (headers) => createTestClient(url, headers),
    async signIn({ email }, password = TEST_PASSWORD) {
      const client = createTestClient(url);
      await client.call(endpoints.auth.login, { body: { email, password } });
      return client;
    },
    auditSigningKey,
    anchors,
    seal: () => api.sealing.sealNow(),
    anchor: () => api.sealing.anchorNow(),
    sweep: () => api.sweep(),
    deliverWaiting: () => api.deliverWaiting(),
    refreshKeys: () => api.encryptionKeys.refresh(),
    settled: () => api.idle(),
    async close() {
      await closeServer(server);
      await api.idle();
      await signaling.close();
      await Promise.all([walledDatabase.close(), database.close()]);
      if (options.beside) return;
      await dropTestDatabase(databaseUrl);
      await rm(blobDirectory, { recursive: true, force: true });
    },
  };
}
