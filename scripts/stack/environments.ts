import type { FrontDoor } from './front-door.ts';
import type { Environment } from './options.ts';
import type { Secrets } from './secrets.ts';

/** In the order in which they may start; they stop in the opposite one. */
export const SERVICES = ['sfu', 'signaling', 'api', 'web'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** One media server among those of the stack; the first is `sfu`. */
export type SfuName = 'sfu' | `sfu-${number}`;

export type EnvironmentParts = {
  databaseUrl: string;
  secrets: Secrets;
  frontDoor: FrontDoor;
  ports: Record<Exclude<ServiceName, 'web'>, number>;
  /** Of media servers beside the first. */
  otherSfus?: ReadonlyMap<SfuName, number>;
  workerBinary: string | undefined;
  /** Where messages go while there is no mail server. */
  mailDir: string;
  /** Where voice notes and stills lie, encrypted. */
  blobDir: string;
  /** Where the newest seals of the audit trail are kept. */
  auditAnchorFile: string;
  logLevel: string;
  /** What the person who started us set. */
  given: Environment;
};

/** Who uses what others may not know, however it came into the environment. */
const SECRET_OF: Record<string, readonly ServiceName[]> = {
  DATABASE_URL: ['api'],
  REDIS_URL: ['api', 'signaling'],
  ACCESS_TOKEN_SECRET: ['api'],
  FIELD_ENCRYPTION_KEY: ['api'],
  AUDIT_SIGNING_KEY: ['api'],
  FIELD_ENCRYPTION_KEY_FILE: ['api'],
  S3_SECRET_ACCESS_KEY: ['api'],
  VAULT_TOKEN: ['api'],
  VAULT_TOKEN_FILE: ['api'],
  SMS_TOKEN: ['api'],
  SMTP_URL: ['api'],
  JOIN_TICKET_SECRET: ['api', 'signaling'],
  TURN_SECRET: ['signaling'],
  SERVICE_SECRET: ['api', 'signaling', 'sfu'],
};

const INTERNAL_HOST = '127.0.0.1';

export function internalOrigin(port: number): string {
  return `http://${INTERNAL_HOST}:${port}`;
}

/** Of what the person who started us set, all but the secrets of other processes. */
export function inherited(given: Environment, service: ServiceName): Environment {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name]) => SECRET_OF[name.replace(/_FILE$/, '')]?.includes(service) ?? true,
    ),
  );
}

/** What each process is told. A secret goes to the processes that use it, and to no other. */
export function environments(parts: EnvironmentParts): Record<ServiceName, Environment> {
  const { databaseUrl, secrets, frontDoor, ports, workerBinary, mailDir, blobDir, logLevel, given } = parts;
  const { publicOrigin, tls, rtc } = frontDoor;
  const common = { LOG_LEVEL: logLevel, PUBLIC_ORIGIN: publicOrigin };
  const inner = { ...common, SERVICE_SECRET: secrets.SERVICE_SECRET };
  const urls = {
    API_URL: internalOrigin(ports.api),
    SIGNALING_URL: internalOrigin(ports.signaling),
    SFU_URLS: [ports.sfu, ...(parts.otherSfus?.values() ?? [])].map(internalOrigin).join(','),
  };
  return {
    sfu: {
      ...inner,
      SFU_HOST: INTERNAL_HOST,
      SFU_PORT: String(ports.sfu),
      ...(workerBinary === undefined ? {} : { MEDIASOUP_WORKER_BIN: workerBinary }),
      RTC_LISTEN_IP: given['RTC_LISTEN_IP'] ?? rtc.listenIp,
      RTC_ANNOUNCED_ADDRESS: given['RTC_ANNOUNCED_ADDRESS'] ?? rtc.announcedAddress,
    },
    signaling: {
      ...inner,
      SIGNALING_HOST: INTERNAL_HOST,
      SIGNALING_PORT: String(ports.signaling),
      API_URL: urls.API_URL,
      SFU_URLS: urls.SFU_URLS,
      JOIN_TICKET_SECRET: secrets.JOIN_TICKET_SECRET,
    },
    api: {
      ...inner,
      API_HOST: INTERNAL_HOST,
      API_PORT: String(ports.api),
      DATABASE_URL: databaseUrl,
      ACCESS_TOKEN_SECRET: secrets.ACCESS_TOKEN_SECRET,
      JOIN_TICKET_SECRET: secrets.JOIN_TICKET_SECRET,
      FIELD_ENCRYPTION_KEY: secrets.FIELD_ENCRYPTION_KEY,
      AUDIT_SIGNING_KEY: secrets.AUDIT_SIGNING_KEY,
      SIGNALING_URL: urls.SIGNALING_URL,
      MAIL_DIR: given['MAIL_DIR'] ?? mailDir,
      BLOB_DIR: given['BLOB_DIR'] ?? blobDir,
      AUDIT_ANCHOR_FILE: given['AUDIT_ANCHOR_FILE'] ?? parts.auditAnchorFile,
      COOKIE_SECURE: publicOrigin.startsWith('https:') ? '1' : '0',
    },
    web: {
      ...common,
      HOST: frontDoor.host,
      PORT: String(frontDoor.port),
      API_URL: urls.API_URL,
      SIGNALING_URL: urls.SIGNALING_URL,
      ...(tls ? { TLS_CERT_FILE: tls.certFile, TLS_KEY_FILE: tls.keyFile } : {}),
    },
  };
}

/** What a media server beside the first is told. */
export function environmentOfSfu(first: Environment, name: SfuName, port: number): Environment {
  return { ...first, SFU_NODE: name, SFU_PORT: String(port) };
}
