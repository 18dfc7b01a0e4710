import type { SessionId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { createLogger } from '@careconnect/platform';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aSession } from '../../testing/clinic.ts';
import { watchSessions } from './session-watch.ts';

const EVERY_MS = 30_000;
const log = createLogger({ name: 'test', level: 'silent' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('every session is asked for, in questions that the contract takes', async () => {
  const { ids, asked, ended } = watch(1_201);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(asked.map(({ length }) => length)).toEqual([500, 500, 201]);
  expect(asked.flat()).toEqual(ids);
  expect(ended).toEqual([]);
});

test('those that api names are ended, even when it does not answer about the others', async () => {
  const { ids, ended } = watch(501, async (sessionIds) => {
    if (sessionIds.length > 1) throw new Error('api is away');
    return [...sessionIds];
  });
  const last = ids.slice(-1);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(ended).toEqual(last);
});

test('where nobody is, nothing is asked; and a stop is a stop', async () => {
  const { asked } = watch(0);
  const { asked: late, stop } = watch(1);
  stop();
  await vi.advanceTimersByTimeAsync(3 * EVERY_MS);
  expect([...asked, ...late]).toEqual([]);
});

type Answer = (asked: readonly SessionId[]) => Promise<SessionId[]>;

function watch(count: number, answer: Answer = async () => []) {
  const ids = Array.from({ length: count }, aSession);
  const asked: (readonly SessionId[])[] = [];
  const ended: SessionId[] = [];
  const stop = watchSessions({
    sessions: { ids, end: (sessionId) => void ended.push(sessionId) },
    api: {
      endedSessions: async (sessionIds) => {
        internalApiEndpoints.endedSessions.body.parse({ sessionIds });
        asked.push(sessionIds);
        return answer(sessionIds);
      },
    },
    log,
    everyMs: EVERY_MS,
  });
  return { ids, asked, ended, stop };
}
