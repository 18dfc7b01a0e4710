import { createClient } from '@redis/client';
import type { Logger } from './logger.ts';

export type Redis = ReturnType<typeof createRedis>;

/** Longer than a fail-over takes, shorter than anybody waits. */
const COMMAND_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 500;

export interface RedisOptions {
  readonly url: string;
  readonly log: Logger;
}

/** A connection that mends itself. While it is broken commands wait, each for at most three seconds. */
export function createRedis({ url, log }: RedisOptions) {
  const client = createClient({
    url,
    commandOptions: { timeout: COMMAND_TIMEOUT_MS },
    // Without pings nobody notices that the server is gone until the next command waits for its reply.
    pingInterval: CONNECT_TIMEOUT_MS,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: 2 * CONNECT_TIMEOUT_MS,
      reconnectStrategy: (tries) => Math.min(RECONNECT_MIN_MS * 2 ** tries, RECONNECT_MAX_MS),
    },
  });
  let isKnownAway = false;
  client.on('error', (error: unknown) => {
    // Once is news; every further attempt, several a second, is not.
    if (!isKnownAway) log.warn({ err: error }, 'redis does not answer');
    isKnownAway = true;
  });
  client.on('ready', () => {
    if (isKnownAway) log.info('redis is back');
    isKnownAway = false;
  });
  return client;
}

/** Connects, however long that takes: what shares its state through Redis is not ready without it. */
export async function connectRedis(options: RedisOptions): Promise<Redis> {
  const client = createRedis(options);
  await client.connect();
  return client;
}
