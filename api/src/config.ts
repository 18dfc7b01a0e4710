import { Flag, LogLevel, Port, Secret, Supervised } from '@careconnect/platform';
import { z } from 'zod';

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
  FIELD_ENCRYPTION_KEY: z.string(),
  SIGNALING_URL: z.url(),
  /** What several nodes share; without it there is one of each. */
  REDIS_URL: z.url().optional(),
  PUBLIC_ORIGIN: z.url(),
  COOKIE_SECURE: Flag.default(true),
  /** Multiplies every rate limit; for load tests and very large sites behind one address. */
  RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('CareConnect <no-reply@careconnect.invalid>'),
  /** Where voice notes and stills lie, encrypted. Several api nodes share it. */
  BLOB_DIR: z.string().default('.careconnect/attachments'),
  /** Where messages are kept as files while there is no mail server. */
  MAIL_DIR: z.string().default('.careconnect/mail'),
});
export type ApiConfig = z.infer<typeof ApiConfig>;
