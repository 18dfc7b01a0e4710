import { SignalingNode } from '@careconnect/contracts/internal';
import { LogLevel, Port, Secret, Supervised } from '@careconnect/platform';
import { z } from 'zod';

/** The environment of the signaling process. */
export const SignalingConfig = z.object({
  LOG_LEVEL: LogLevel,
  CARECONNECT_SUPERVISED: Supervised,
  SIGNALING_HOST: z.string().default('127.0.0.1'),
  SIGNALING_PORT: Port,
  SIGNALING_NODE: SignalingNode.default('signaling'),
  API_URL: z.url(),
  SFU_URL: z.url(),
  PUBLIC_ORIGIN: z.url().transform((url) => new URL(url).origin),
  SERVICE_SECRET: Secret,
  JOIN_TICKET_SECRET: Secret,
});
export type SignalingConfig = z.infer<typeof SignalingConfig>;
