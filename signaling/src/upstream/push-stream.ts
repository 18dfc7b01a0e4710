import { setTimeout as sleep } from 'node:timers/promises';
import { Push, PUSH_STREAM, PUSH_STREAM_FIELD } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import { z } from 'zod';

export interface PushStreamOptions {
  /** Of its own: it waits in Redis for what comes next. */
  readonly redis: Redis;
  /** The id of the push before the first that is read. */
  readonly after: string;
  readonly accept: (push: Push) => void;
  readonly log: Logger;
}

const WAIT_MS = 1_000;
const RETRY_AFTER_MS = 100;
const AT_ONCE = 200;

const Answer = z
  .array(
    z.object({ messages: z.array(z.object({ id: z.string(), message: z.record(z.string(), z.string()) })) }),
  )
  .nullable();

/** The id of the push that is the last one now. */
export async function lastPushId(redis: Redis): Promise<string> {
  return (await redis.xRevRange(PUSH_STREAM, '+', '-', { COUNT: 1 }))?.[0]?.id ?? '0-0';
}

/** What api has pushed for every signaling process. It goes on where it was, however long the connection was broken. */
export function readPushStream({ redis, after, accept, log }: PushStreamOptions): () => Promise<void> {
  let lastId = after;
  let isReading = true;

  async function readOnce(): Promise<void> {
    const answer = await redis.xRead({ key: PUSH_STREAM, id: lastId }, { BLOCK: WAIT_MS, COUNT: AT_ONCE });
    for (const { messages } of Answer.parse(answer) ?? []) {
      for (const { id, message } of messages) {
        lastId = id;
        take(id, message[PUSH_STREAM_FIELD]);
      }
    }
  }

  function take(id: string, text: string | undefined): void {
    try {
      accept(Push.parse(JSON.parse(text ?? '')));
    } catch (error) {
      log.error({ err: error, id }, 'a push was not understood');
    }
  }

  const reading = (async () => {
    while (isReading) {
      await readOnce().catch(async (error: unknown) => {
        log.debug({ err: error }, 'the stream of pushes was not read');
        await sleep(RETRY_AFTER_MS);
      });
    }
  })();

  return async () => {
    isReading = false;
    await reading;
  };
}
