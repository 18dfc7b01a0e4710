import { randomUUID } from 'node:crypto';
import { SessionId } from '@careconnect/contracts';
import { PUSH_STREAM, PUSH_STREAM_FIELD, type Push } from '@careconnect/contracts/internal';
import { createLogger } from '@careconnect/platform';
import { connectRedis, type Redis } from '@careconnect/platform/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestRedis } from '../../../scripts/stack/test-redis.ts';
import { pushToStream } from './push-delivery.ts';
import { createPushPort } from './push-port.ts';
import { createRateLimits } from './rate-limit.ts';

const log = createLogger({ name: 'api', level: 'silent' });
/** Three tries of a walk-in. */
const TIGHT = 0.15;

let server: TestRedis;
let redis: Redis;

describe.skipIf(!TestRedis.isPresent())('several api nodes', { timeout: 40_000 }, () => {
  beforeAll(async () => {
    server = await TestRedis.start();
    redis = await connectRedis({ url: server.url, log });
  });
  afterAll(async () => {
    redis.destroy();
    await server.close();
  });

  test('count the requests of a network together, and each by itself while nothing is shared', async () => {
    const nodes = Array.from({ length: 3 }, () => createRateLimits({ factor: TIGHT, redis }));
    const key = `network:${randomUUID()}`;
    for (const node of nodes) await node.consume('walkIn', key);
    for (const node of nodes)
      await expect(node.consume('walkIn', key)).rejects.toMatchObject({ code: 'RATE_LIMITED' });

    await server.kill();
    const [node] = nodes;
    for (let tries = 0; tries < 3; tries += 1) await node?.consume('walkIn', key);
    await expect(node?.consume('walkIn', key)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await server.startAgain();
  });

  test('push what they have decided in order, across a drop of Redis', async () => {
    const port = createPushPort({ deliver: pushToStream(redis), log });
    const pushes = Array.from({ length: 30 }, (): Push => aSessionEnd());
    port.send(pushes.slice(0, 10));
    await port.idle();
    await server.kill();
    port.send(pushes.slice(10));
    await server.startAgain();
    await port.idle();
    const entries = (await redis.xRange(PUSH_STREAM, '-', '+')) ?? [];
    const arrived = entries.map(({ message }) => JSON.parse(message[PUSH_STREAM_FIELD] ?? '') as Push);
    expect(arrived).toEqual(pushes);
  });
});

function aSessionEnd(): Push {
  return { type: 'session.ended', sessionId: SessionId.parse(randomUUID()) };
}
