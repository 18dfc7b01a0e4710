import {
  CHAT_PAGE_SIZE,
  ChatMessageId,
  ClientMessageId,
  SeatId,
  Visit,
  VisitId,
  type ChatMessage,
  type VisitRecord,
} from '@careconnect/contracts';
import { expect, test } from 'vitest';
import type { ApiClient } from '#lib/api/client.ts';
import { RecordMessages } from './record-messages.svelte.ts';

const uuid = (n: number) => `01970000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const visitId = VisitId.parse(uuid(1));
const visit = Visit.parse({
  id: visitId,
  state: 'ended',
  origin: 'walk_in',
  appointmentId: null,
  reason: null,
  patient: { id: uuid(2), name: 'Amina', birthDate: '1955-03-27' },
  practitioner: { id: uuid(3), name: 'Dr Taliyah', specialty: 'General practice' },
  scheduledAt: null,
  waitingSince: null,
  startedAt: '2026-01-05T09:00:00.000Z',
  endedAt: '2026-01-05T09:10:00.000Z',
  createdAt: '2026-01-05T08:50:00.000Z',
});

function aMessage(sequence: number): ChatMessage {
  return {
    id: ChatMessageId.parse(uuid(10_000 + sequence)),
    visitId,
    clientMessageId: ClientMessageId.parse(uuid(20_000 + sequence)),
    sequence,
    authorSeatId: SeatId.parse(uuid(4)),
    authorName: 'Amina',
    body: `text ${sequence}`,
    sentAt: '2026-01-05T09:01:00.000Z',
  };
}

/** A record of so many messages, and a platform that has them. */
function aRecord(count: number) {
  const all = Array.from({ length: count }, (_, index) => aMessage(index + 1));
  const after = (sequence: number) => ({
    messages: all.slice(sequence, sequence + CHAT_PAGE_SIZE),
    messageCount: all.length,
  });
  const record: VisitRecord = { visit, events: [], ...after(0) };
  const asked: number[] = [];
  const platform = { isAway: false };
  const call = async (_endpoint: unknown, { query }: { query: { afterSequence: number } }) => {
    asked.push(query.afterSequence);
    if (platform.isAway) throw new Error('away');
    return after(query.afterSequence);
  };
  const api = { call: call as unknown as ApiClient['call'] };
  return { messages: new RecordMessages(api, record), all, asked, platform };
}

test('the next page follows what is shown, until nothing remains', async () => {
  const { messages, all, asked } = aRecord(2 * CHAT_PAGE_SIZE + 1);
  expect([messages.shown.length, messages.remaining]).toEqual([CHAT_PAGE_SIZE, CHAT_PAGE_SIZE + 1]);
  await messages.showNext();
  expect([messages.shown.length, messages.remaining]).toEqual([2 * CHAT_PAGE_SIZE, 1]);
  await messages.showNext();
  expect(messages.shown).toEqual(all);
  expect(messages.remaining).toBe(0);
  expect(asked).toEqual([CHAT_PAGE_SIZE, 2 * CHAT_PAGE_SIZE]);
});

test('all of them are shown by one press, and two presses ask for each page once', async () => {
  const { messages, all, asked } = aRecord(5 * CHAT_PAGE_SIZE);
  await Promise.all([messages.showAll(), messages.showAll(), messages.showNext()]);
  expect(messages.shown).toEqual(all);
  expect(asked).toEqual([1, 2, 3, 4].map((page) => page * CHAT_PAGE_SIZE));
});

test('a failure loses nothing, and the next press goes on where it stopped', async () => {
  const { messages, all, platform } = aRecord(3 * CHAT_PAGE_SIZE);
  await messages.showNext();
  platform.isAway = true;
  await messages.showAll();
  expect(messages.failure).toEqual(new Error('away'));
  expect(messages.isBusy).toBe(false);
  expect(messages.shown).toEqual(all.slice(0, 2 * CHAT_PAGE_SIZE));
  platform.isAway = false;
  await messages.showAll();
  expect(messages.failure).toBeNull();
  expect(messages.shown).toEqual(all);
});

test('messages that are written meanwhile are counted with the rest, and an empty page is the end', async () => {
  const { messages, all } = aRecord(CHAT_PAGE_SIZE + 1);
  all.push(aMessage(all.length + 1));
  await messages.showNext();
  expect([messages.shown.length, messages.remaining]).toEqual([CHAT_PAGE_SIZE + 2, 0]);
  messages.total += 1;
  await messages.showAll();
  expect(messages.remaining).toBe(0);
});
