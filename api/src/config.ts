import { Slug } from '@careconnect/contracts';
import { Flag, LogLevel, Port, Secret, Supervised } from '@careconnect/platform';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { isKey } from './features/audit/signing-key.ts';
import { DEFAULT_ALERT_RULES, type AlertRules } from './core/alert-rules.ts';
import { DAY_MS, DEFAULT_RETENTION, type Retention } from './core/retention.ts';

/** Where the key-encryption keys are. */
export const KEY_SETTINGS = {
  KEY_MANAGEMENT: z.enum(['local', 'vault']).default('local'),
  FIELD_ENCRYPTION_KEY: z.string().optional(),
  FIELD_ENCRYPTION_KEY_FILE: z.string().optional(),
  VAULT_ADDR: z.url().optional(),
  VAULT_TOKEN: z.string().optional(),
  VAULT_TOKEN_FILE: z.string().optional(),
  VAULT_TRANSIT_KEY: z.string().optional(),
};

/** Where files are. */
export const FILE_SETTINGS = {
  /** Files on their way, and without `S3_BUCKET` those that are kept, encrypted. Several api nodes share it. */
  BLOB_DIR: z.string().default('.careconnect/attachments'),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
};

const List = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((entry) => entry.trim() || []));

/** How text messages are sent. With neither a gateway nor a folder, nothing about phones is offered. */
export const SMS_SETTINGS = {
  /** Twilio's Messages API, or another that speaks it: `https://api.twilio.com`. */
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_ACCOUNT: z.string().optional(),
  SMS_TOKEN: z.string().optional(),
  /** A number in E.164, a name, or a messaging service (`MG…`). */
  SMS_FROM: z.string().optional(),
  /** Where messages may go, in ISO 3166 (`PK,GB`). The first is meant where a number has no country code. */
  SMS_COUNTRIES: List.refine(
    (countries) => countries.every((country) => isSupportedCountry(country)),
    'has what is no country',
  ),
  /** Where messages are kept as files while there is no gateway; for development. */
  SMS_DIR: z.string().optional(),
};

/** For how many days what has run out is kept, for whoever looks into what happened. */
const RETENTION_SETTINGS = {
  RETAIN_LINKS_DAYS: days(DEFAULT_RETENTION.linksMs),
  RETAIN_SESSIONS_DAYS: days(DEFAULT_RETENTION.sessionsMs),
  RETAIN_QUALITY_DAYS: days(DEFAULT_RETENTION.qualityMs),
};

/** What api is told by its environment. */
export const ApiConfig = z.object({
  LOG_LEVEL: LogLevel,
  CARECONNECT_SUPERVISED: Supervised,
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: Port,
  DATABASE_URL: z.url(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  ACCESS_TOKEN_SECRET: Secret,
  JOIN_TICKET_SECRET: Secret,
  SERVICE_SECRET: Secret,
  ...KEY_SETTINGS,
  /** Signs the seals of the audit trail. */
  AUDIT_SIGNING_KEY: z.string().refine(isKey, 'must be 32 random bytes, base64url'),
  /** Where the newest seals are kept outside the database. */
  AUDIT_ANCHOR_FILE: z.string().default('.careconnect/audit-anchors.jsonl'),
  AUDIT_ANCHOR_MINUTES: z.coerce.number().positive().max(1_440).default(15),
  SIGNALING_URL: z.url(),
  /** What several nodes share; without it there is one of each. */
  REDIS_URL: z.url().optional(),
  PUBLIC_ORIGIN: z.url(),
  COOKIE_SECURE: Flag.default(true),
  /** What may be asked besides public addresses: hosts, `host:port`, networks; one after another with commas. */
  OUTBOUND_ALLOWED: List,
  /** Multiplies every rate limit; for load tests and very large sites behind one address. */
  RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  /** The slug of the organization whose administrators see the nodes; needed where there are several. */
  OPERATOR_ORGANIZATION: Slug.optional(),
  ...RETENTION_SETTINGS,
  ALERT_VISIT_INADEQUATE_SECONDS: seconds(DEFAULT_ALERT_RULES.visitInadequateMs),
  ALERT_CUT_OFF_SECONDS: seconds(DEFAULT_ALERT_RULES.cutOffMs),
  ALERT_WORKER_CPU_PERCENT: z.coerce
    .number()
    .min(1)
    .max(100)
    .default(100 * DEFAULT_ALERT_RULES.workerCpuShare),
  ALERT_WORKER_SECONDS: seconds(DEFAULT_ALERT_RULES.workerBusyMs),
  ALERT_FACTS_SECONDS: seconds(DEFAULT_ALERT_RULES.factsLateMs),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('CareConnect <no-reply@careconnect.invalid>'),
  ...SMS_SETTINGS,
  ...FILE_SETTINGS,
  /** Looks through files before anybody can open them: `clamd://host:3310`. */
  ANTIVIRUS_URL: z.url({ protocol: /^clamd$/ }).optional(),
  /** Where messages are kept as files while there is no mail server. */
  MAIL_DIR: z.string().default('.careconnect/mail'),
});
export type ApiConfig = z.infer<typeof ApiConfig>;

/** Not longer than what is read to tell: two minutes. */
function seconds(defaultMs: number) {
  return z.coerce
    .number()
    .min(10)
    .max(120)
    .default(defaultMs / 1_000);
}

/** A day at least: whoever asks too often for links is told so by those of the last hour. */
function days(defaultMs: number) {
  return z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(defaultMs / DAY_MS);
}

export function retentionOf(config: ApiConfig): Retention {
  return {
    linksMs: DAY_MS * config.RETAIN_LINKS_DAYS,
    sessionsMs: DAY_MS * config.RETAIN_SESSIONS_DAYS,
    qualityMs: DAY_MS * config.RETAIN_QUALITY_DAYS,
  };
}

export function alertRulesOf(config: ApiConfig): AlertRules {
  return {
    visitInadequateMs: 1_000 * config.ALERT_VISIT_INADEQUATE_SECONDS,
    cutOffMs: 1_000 * config.ALERT_CUT_OFF_SECONDS,
    workerCpuShare: config.ALERT_WORKER_CPU_PERCENT / 100,
    workerBusyMs: 1_000 * config.ALERT_WORKER_SECONDS,
    factsLateMs: 1_000 * config.ALERT_FACTS_SECONDS,
  };
}
