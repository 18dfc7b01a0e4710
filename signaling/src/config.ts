import { IceServer } from '@careconnect/contracts';
import { SignalingNode } from '@careconnect/contracts/internal';
import { LogLevel, Port, Secret, Supervised } from '@careconnect/platform';
import { z } from 'zod';

/** The environment of the signaling process. */
export const SignalingConfig = z
  .object({
    LOG_LEVEL: LogLevel,
    CARECONNECT_SUPERVISED: Supervised,
    SIGNALING_HOST: z.string().default('127.0.0.1'),
    SIGNALING_PORT: Port,
    SIGNALING_NODE: SignalingNode.default('signaling'),
    /** What several nodes share; without it this is the only one. */
    REDIS_URL: z.url().optional(),
    /** Where the other nodes reach this one, if not at SIGNALING_HOST and SIGNALING_PORT. */
    SIGNALING_SIBLING_URL: z.url().optional(),
    API_URL: z.url(),
    /** Of every SFU node, one after another. */
    SFU_URLS: z
      .string()
      .transform((urls) => urls.split(',').map((url) => url.trim()))
      .pipe(
        z.array(z.url()).refine((urls) => new Set(urls).size === urls.length, 'must name each node once'),
      ),
    PUBLIC_ORIGIN: z.url().transform((url) => new URL(url).origin),
    SERVICE_SECRET: Secret,
    JOIN_TICKET_SECRET: Secret,
    /** Relays, in the order in which browsers are told of them. */
    TURN_URLS: z
      .string()
      .transform((urls) => urls.split(',').map((url) => url.trim()))
      .pipe(IceServer.shape.urls)
      .optional(),
    /** What the relays know as their static-auth-secret. */
    TURN_SECRET: Secret.optional(),
  })
  .refine(({ TURN_URLS, TURN_SECRET }) => (TURN_URLS === undefined) === (TURN_SECRET === undefined), {
    path: ['TURN_URLS, TURN_SECRET'],
    message: 'must both be set, or neither: relays are of no use without the secret that they know',
  });
export type SignalingConfig = z.infer<typeof SignalingConfig>;
