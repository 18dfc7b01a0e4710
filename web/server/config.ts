import { Flag, LogLevel, Port, Supervised } from '@careconnect/platform';
import { z } from 'zod';

/** The environment of the front door. */
export const WebConfig = z
  .object({
    LOG_LEVEL: LogLevel,
    CARECONNECT_SUPERVISED: Supervised,
    HOST: z.string().default('127.0.0.1'),
    PORT: Port.default(8080),
    API_URL: z.url().default('http://127.0.0.1:4000'),
    /** One, or several behind commas. */
    SIGNALING_URL: z
      .string()
      .default('http://127.0.0.1:4100')
      .transform((urls) => urls.split(',').map((url) => url.trim()))
      .pipe(z.array(z.url()).min(1)),
    /** The address people type; its scheme decides whether pages count as secure. */
    PUBLIC_ORIGIN: z.url().default('http://localhost:8080'),
    TLS_CERT_FILE: z.string().optional(),
    TLS_KEY_FILE: z.string().optional(),
    /** 1 when a reverse proxy of ours stands before this process and sets `x-forwarded-for`. */
    TRUST_PROXY: Flag.default(false),
    /** Open at once from one IPv4 address or IPv6 /64, which may be a whole clinic; not counted behind a proxy. */
    CONNECTIONS_PER_NETWORK: z.coerce.number().int().min(10).default(1_000),
  })
  .refine(
    ({ TLS_CERT_FILE, TLS_KEY_FILE }) => (TLS_CERT_FILE === undefined) === (TLS_KEY_FILE === undefined),
    {
      error: 'must be given together with TLS_CERT_FILE',
      path: ['TLS_KEY_FILE'],
    },
  );
export type WebConfig = z.infer<typeof WebConfig>;
