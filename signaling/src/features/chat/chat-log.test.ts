import { randomUUID } from 'node:crypto';
import { CHAT_PAGE_SIZE, ChatMessage } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { ChatLog } from './chat-log.ts';

const [one, two, three] = [message(1), message(2), message(3)] as const;

test('it loads once, however many ask', async () => {
  const asked: number[] = [];
  const log = new ChatLog(async (sequence) => {
    asked.push(sequence);
    return [two, one];
  });
  await Promise.all([log.catchUp(), log.catchUp()]);
  await log.catchUp();
  expect(asked).toEqual([0]);
  expect(log.since(0)).toEqual([one, two]);
  expect(log.since(1)).toEqual([two]);
});

test('the next message is new, a repeat is not', async () => {
  const log = new ChatLog(async () => [one]);
  await log.catchUp();
  expect(await log.add(two)).toEqual([two]);
  expect(await log.add(two)).toEqual([]);
  expect(log.since(0)).toEqual([one, two]);
});

test('a gap is filled', async () => {
  const stored: ChatMessage[] = [];
  const log = new ChatLog(async (sequence) => stored.filter((stored) => stored.sequence > sequence));
  await log.catchUp();
  stored.push(one, two, three);
  expect(await log.add(three)).toEqual([one, two, three]);
});

test('a load that was asked for before the message was stored does not hide it', async () => {
  const first = Promise.withResolvers<ChatMessage[]>();
  const answers = [first.promise, Promise.resolve([one, two])];
  const log = new ChatLog((sequence) =>
    (answers.shift() ?? Promise.resolve([])).then((all) =>
      all.filter((stored) => stored.sequence > sequence),
    ),
  );
  const loading = log.catchUp();
  const adding = log.add(two);
  first.resolve([one]);
  expect(await loading).toEqual([one]);
  expect((await adding).map(({ sequence }) => sequence)).toContain(2);
  expect(log.since(0)).toEqual([one, two]);
});

test('a gap that cannot be filled yet hides nothing and is filled later', async () => {
  let isDown = true;
  const log = new ChatLog(async (sequence) => {
    if (isDown) throw new Error('down');
    return [one, two, three].filter((stored) => stored.sequence > sequence);
  });
  expect(await log.add(two)).toEqual([two]);
  expect(log.since(0), 'not a list with a hole').toEqual([]);
  isDown = false;
  expect(await log.add(three)).toEqual([one, two, three]);
});

test('only a page is remembered, and it is known what is not', async () => {
  const all = Array.from({ length: CHAT_PAGE_SIZE + 3 }, (_none, index) => message(index + 1));
  const log = new ChatLog(async (sequence) =>
    all.filter((stored) => stored.sequence > sequence).slice(-CHAT_PAGE_SIZE),
  );
  await log.catchUp();
  expect(log.since(0)).toEqual(all.slice(3));
  expect([log.hasForgottenAfter(2), log.hasForgottenAfter(3)]).toEqual([true, false]);
  await log.add(message(CHAT_PAGE_SIZE + 4));
  expect(log.since(0).map(({ sequence }) => sequence)).toEqual(
    all.slice(3).map(({ sequence }) => sequence + 1),
  );
});

test('after a gap of more than a page it remembers only what follows it', async () => {
  const all = [one];
  const log = new ChatLog(async (sequence) =>
    all.filter((stored) => stored.sequence > sequence).slice(-CHAT_PAGE_SIZE),
  );
  await log.catchUp();
  for (let sequence = 2; sequence <= CHAT_PAGE_SIZE + 3; sequence += 1) all.push(message(sequence));
  expect(await log.add(message(CHAT_PAGE_SIZE + 3))).toEqual(all.slice(3));
  expect(log.since(0)).toEqual(all.slice(3));
  expect(log.hasForgottenAfter(1)).toBe(true);
});

function message(sequence: number): ChatMessage {
  return ChatMessage.parse({
    id: randomUUID(),
    visitId: randomUUID(),
    clientMessageId: randomUUID(),
    sequence,
    authorSeatId: randomUUID(),
    authorName: 'Amina Yusuf',
    body: `message ${sequence}`,
    sentAt: new Date().toISOString(),
  });
}
