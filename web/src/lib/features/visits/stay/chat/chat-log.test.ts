import {
  ChatMessageId,
  SeatId,
  VisitId,
  type ChatMessage,
  ClientMessageId,
  type ErrorCode,
} from '@careconnect/contracts';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { RequestError } from '../seat/request-error.ts';
import { ChatLog, type ChatMemory } from './chat-log.svelte.ts';

interface Draft {
  readonly clientMessageId: ClientMessageId;
  readonly body: string;
}

const NOT_NEWS = { isNews: false };

afterEach(() => void vi.useRealTimers());

it('keeps a message that was not acknowledged, and brings it to the server under the same id', async () => {
  const memory = aMemory();
  const before = aChat({ memory, refuse: 'DISCONNECTED' });
  await before.chat.send('It hurts');
  expect(before.chat.pending).toMatchObject([{ body: 'It hurts', hasFailed: true }]);

  const after = aChat({ memory });
  expect(after.chat.pending).toMatchObject([{ body: 'It hurts', hasFailed: true }]);
  await after.chat.retryAll();
  expect(after.sent).toEqual(before.sent);
  expect(after.chat.pending).toEqual([]);
  expect(after.chat.messages.map(({ body }) => body)).toEqual(['It hurts']);
  expect(memory.unsent).toEqual([]);
});

it('does not bring what has arrived although its acknowledgement was lost', async () => {
  const memory = aMemory();
  const before = aChat({ memory, refuse: 'DISCONNECTED' });
  await before.chat.send('It hurts');
  const after = aChat({ memory });
  after.chat.receive([stored(1, before.sent[0])], NOT_NEWS);
  await after.chat.retryAll();
  expect(after.sent).toEqual([]);
  expect(memory.unsent).toEqual([]);
});

it('keeps what is being written for the next page', () => {
  const memory = aMemory();
  aChat({ memory }).chat.draft = 'And my';
  expect(aChat({ memory }).chat.draft).toBe('And my');
});

it('waits with what has not come through, and sends it by itself', async () => {
  vi.useFakeTimers();
  const { chat, sent } = aChat({ refuse: 'UPSTREAM_UNAVAILABLE' });
  await chat.send('It hurts');
  expect(chat.pending).toMatchObject([{ hasFailed: true, isRefused: false }]);
  await vi.runOnlyPendingTimersAsync();
  expect(sent).toHaveLength(2);
  chat.close();
  expect(vi.getTimerCount()).toBe(0);
});

it('sends in the order in which things were written, whatever comes between', async () => {
  vi.useFakeTimers();
  const memory = aMemory();
  const sent: string[] = [];
  let isLimited = false;
  const chat = new ChatLog(
    {
      async send(draft) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (isLimited)
          throw RequestError.refused({ code: 'RATE_LIMITED', message: 'slow', requestId: 'r-1' });
        sent.push(draft.body);
        isLimited = sent.length === 2;
        return stored(sent.length, draft);
      },
      since: async () => [],
    },
    memory,
  );
  const texts = ['first 5 mg', 'then 10 mg', 'then 20 mg', 'then none'];
  for (const text of texts.slice(0, 3)) void chat.send(text);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual(texts.slice(0, 2));
  expect(memory.unsent.map(({ body }) => body)).toEqual(['then 20 mg']);
  isLimited = false;
  void chat.send('then none');
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual(texts);
  expect(chat.pending).toEqual([]);
});

it('lets what was refused keep back nothing that was written after it', async () => {
  const sent: string[] = [];
  const chat = new ChatLog(
    {
      async send(draft) {
        if (draft.body === 'refused')
          throw RequestError.refused({ code: 'VALIDATION_FAILED', message: 'no', requestId: 'r-1' });
        sent.push(draft.body);
        return stored(sent.length, draft);
      },
      since: async () => [],
    },
    aMemory(),
  );
  await Promise.all(['before', 'refused', 'after'].map((text) => chat.send(text)));
  expect(sent).toEqual(['before', 'after']);
  expect(chat.pending).toMatchObject([{ body: 'refused', isRefused: true }]);
});

it('counts what is written, not what becomes of it', async () => {
  const { chat } = aChat({ refuse: 'DISCONNECTED' });
  await chat.send('It hurts');
  await chat.send('A lot');
  expect(chat.written).toBe(2);
  await chat.retryAll();
  chat.receive([stored(1)], NOT_NEWS);
  expect(chat.written).toBe(2);
});

it('tries again by itself what the server could not take for a moment, until it has it, once', async () => {
  vi.useFakeTimers();
  let failures = 3;
  const sent: string[] = [];
  const chat = new ChatLog(
    {
      async send(draft) {
        if (failures-- > 0)
          throw RequestError.refused({ code: 'UPSTREAM_UNAVAILABLE', message: 'away', requestId: 'r-1' });
        sent.push(draft.body);
        return stored(sent.length, draft);
      },
      since: async () => [],
    },
    aMemory(),
  );
  await chat.send('It hurts');
  expect(chat.pending).toMatchObject([{ body: 'It hurts', isRefused: false }]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(chat.pending).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['It hurts']);
});

it('leaves it to coming back in what was sent from outside', async () => {
  vi.useFakeTimers();
  for (const refuse of ['DISCONNECTED', 'NOT_IN_ROOM'] as const) {
    const { chat } = aChat({ refuse });
    await chat.send('It hurts');
    expect(chat.pending).toMatchObject([{ hasFailed: true, isRefused: false }]);
    expect(vi.getTimerCount()).toBe(0);
  }
});

it('leaves what was refused to the person, who may try again', async () => {
  const { chat, sent } = aChat({ refuse: 'VALIDATION_FAILED' });
  await chat.send('It hurts');
  await chat.retryAll();
  expect(sent).toHaveLength(1);
  const [message] = chat.pending;
  expect(message).toMatchObject({ isRefused: true, isTooMany: false });
  if (message) await chat.retry(message);
  expect(sent).toHaveLength(2);
});

it('does not try again by itself what the visit cannot take any more', async () => {
  const { chat, sent } = aChat({ refuse: 'CHAT_FULL' });
  await chat.send('One more thing');
  expect(chat.pending).toMatchObject([{ isRefused: true, isTooMany: true }]);
  await chat.retryAll();
  expect(sent).toHaveLength(1);
});

it('remembers on the next page that the visit takes no more', async () => {
  const memory = aMemory();
  await aChat({ memory, refuse: 'CHAT_FULL' }).chat.send('One more thing');
  const { chat, sent } = aChat({ memory });
  await chat.retryAll();
  expect(chat.pending).toMatchObject([{ body: 'One more thing', isRefused: true, isTooMany: true }]);
  expect(sent).toEqual([]);
});

it('writes nothing down any more once it is closed', async () => {
  const memory = aMemory();
  const { chat, sent } = aChat({ memory, refuse: 'DISCONNECTED' });
  await chat.send('It hurts');
  const retrying = chat.retryAll();
  chat.close();
  memory.unsent = [];
  await retrying;
  chat.draft = 'And my';
  expect(memory).toEqual(aMemory());
  await chat.retryAll();
  expect(sent).toHaveLength(2);
});

it('counts what others write while it is closed, each message once', () => {
  const { chat } = aChat();
  chat.receive([stored(1)], { isNews: true });
  chat.receive([stored(1), stored(2)], { isNews: true });
  expect(chat.unread).toBe(2);
  chat.setOpen(true);
  expect(chat.unread).toBe(0);
  chat.receive([stored(3)], { isNews: true });
  expect(chat.unread).toBe(0);
});

it('puts messages in the order of the visit, and knows up to where none is missing', () => {
  const { chat } = aChat();
  chat.receive([stored(4), stored(2), stored(1)], NOT_NEWS);
  expect(chat.messages.map(({ sequence }) => sequence)).toEqual([1, 2, 4]);
  expect(chat.knownUpTo).toBe(2);
});

it('loads what lies before the first message that is here', async () => {
  const { chat, asked } = aChat({ earlier: [stored(4), stored(5)] });
  chat.catchUp({ messages: [stored(6)], hasOlderMessages: true }, NOT_NEWS);
  expect(chat.hasOlder).toBe(true);
  await chat.loadOlder();
  expect(asked).toEqual([0]);
  expect(chat.messages.map(({ sequence }) => sequence)).toEqual([4, 5, 6]);
});

function aMemory(): ChatMemory {
  return { draft: '', unsent: [] };
}

interface ChatSetting {
  readonly memory?: ChatMemory;
  readonly refuse?: 'DISCONNECTED' | ErrorCode;
  readonly earlier?: readonly ChatMessage[];
}

function aChat({ memory = aMemory(), refuse, earlier = [] }: ChatSetting = {}) {
  const sent: Draft[] = [];
  const asked: number[] = [];
  const chat = new ChatLog(
    {
      async send(draft) {
        sent.push(draft);
        if (refuse === 'DISCONNECTED') throw RequestError.disconnected('chat:send');
        if (refuse) throw RequestError.refused({ code: refuse, message: 'refused', requestId: 'r-1' });
        return stored(sent.length, draft);
      },
      async since(afterSequence) {
        asked.push(afterSequence);
        return earlier;
      },
    },
    memory,
  );
  return { chat, sent, asked };
}

const AUTHOR = SeatId.parse(randomUUID());
const VISIT = VisitId.parse(randomUUID());
const IDS = Array.from({ length: 10 }, () => randomUUID());

function stored(sequence: number, draft?: Draft): ChatMessage {
  return {
    id: ChatMessageId.parse(IDS[sequence]),
    visitId: VISIT,
    clientMessageId: draft?.clientMessageId ?? ClientMessageId.parse(IDS[sequence]),
    sequence,
    authorSeatId: AUTHOR,
    authorName: 'Amina Yusuf',
    body: draft?.body ?? `Message ${sequence}`,
    sentAt: '2026-11-20T10:00:00.000Z',
  };
}
