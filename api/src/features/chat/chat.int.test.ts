import { randomUUID } from 'node:crypto';
import {
  CHAT_MAX_BYTES,
  CHAT_MAX_MESSAGES,
  CHAT_MESSAGE_MAX_LENGTH,
  CHAT_PAGE_SIZE,
  endpoints,
  type ChatDraft,
  type ChatMessage,
  type ClientMessageId,
  type VisitId,
} from '@careconnect/contracts';
import { internalApiEndpoints, type SeatKey, type VisitKey } from '@careconnect/contracts/internal';
import type { AppError } from '@careconnect/platform';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createSeatRepository } from '../seats/seat.repository.ts';
import { aSeat, codeOf, keyOf } from '../seats/testing/a-seat.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { createChatRepository } from './chat.repository.ts';
import { createChatService, type ChatServiceDeps } from './chat.service.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { joinTicket } = endpoints.seats;

const send = (params: SeatKey, body: string, clientMessageId = randomUUID()) =>
  scene.api.asSignaling(internalApiEndpoints.storeMessage, { params, body: { clientMessageId, body } });
const since = async (
  { organizationId, visitId }: VisitKey,
  afterSequence: number,
  which: 'first' | 'last' = 'last',
): Promise<ChatMessage[]> => {
  const query = { afterSequence, which };
  const answer = await scene.api.asSignaling(internalApiEndpoints.messages, {
    params: { organizationId, visitId },
    query,
  });
  return answer.messages;
};

test('messages of both sides at once are numbered without a gap and stored encrypted', async () => {
  const seat = keyOf(await aSeat(scene));
  const { visitId, seatId } = seat;
  const host = await scene.doctor.call(joinTicket, { params: { visitId } });
  const seats = [seatId, host.seatId];
  const sent = await Promise.all(
    Array.from({ length: 30 }, (_none, index) =>
      send({ ...seat, seatId: seats[index % 2] ?? seatId }, `text ${index}`),
    ),
  );
  expect(sent.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 30 }, (_none, index) => index + 1),
  );
  const all = await since(seat, 0);
  expect(all).toEqual(sent.toSorted((a, b) => a.sequence - b.sequence));
  expect(await since(seat, 28)).toEqual(all.slice(28));
  const { prisma } = scene.api.database;
  for (const { body } of await prisma.chatMessage.findMany({ where: { visitId } }))
    expect(body).not.toContain('text');
});

test('a message that is sent again is stored once and answered as it was, even after the end', async () => {
  const seat = keyOf(await aSeat(scene));
  const { visitId } = seat;
  const clientMessageId = randomUUID();
  const repeats = await Promise.all([0, 1, 2, 3].map(() => send(seat, 'once', clientMessageId)));
  expect(new Set(repeats.map(({ id }) => id)).size).toBe(1);
  await scene.doctor.call(endpoints.visits.start, { params: { visitId } });
  await scene.doctor.call(endpoints.visits.end, { params: { visitId } });
  expect(await send(seat, 'once', clientMessageId)).toEqual(repeats[0]);
  expect(await since(seat, 0)).toHaveLength(1);
});

test('two nodes that store at the same moment leave no gap either', async () => {
  const seat = keyOf(await aSeat(scene));
  const one = createChatService(chatDeps());
  const other = createChatService(chatDeps());
  const sent = await Promise.all(
    Array.from({ length: 20 }, (_none, index) =>
      (index % 2 === 0 ? one : other).store(seat, aDraft(`text ${index}`), 'race'),
    ),
  );
  const all = await since(seat, 0);
  expect(all.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 20 }, (_none, index) => index + 1),
  );
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set(sent.map(({ id }) => id)));
});

/** Of a node of its own. */
function chatDeps(): ChatServiceDeps {
  const { database, cipher, clock } = scene.api;
  const chat = createChatRepository({ database, cipher });
  return { chat, seats: createSeatRepository({ database, cipher }), clock };
}

function aDraft(body: string): ChatDraft {
  return { clientMessageId: randomUUID() as ClientMessageId, body };
}

async function haveSaid({ organizationId, visitId, seatId }: SeatKey, count: number): Promise<void> {
  const { database, cipher, clock } = scene.api;
  await database.prisma.chatMessage.createMany({
    data: Array.from({ length: count }, (_none, index) => ({ id: randomUUID(), index })).map(
      ({ id, index }) => ({
        id,
        organizationId,
        visitId,
        authorSeatId: seatId,
        sentAt: clock.now(),
        sequence: index + 1,
        totalBytes: (index + 1) * 4,
        clientMessageId: randomUUID(),
        body: cipher.encrypt('chat_message.body', { organizationId, id }, 'text'),
      }),
    ),
  });
}

test('a visit keeps so many messages and no more, and a repeat of the last is none', async () => {
  const seat = keyOf(await aSeat(scene));
  await haveSaid(seat, CHAT_MAX_MESSAGES - 1);
  const id = randomUUID();
  const last = await send(seat, 'the last one', id);
  expect(last.sequence).toBe(CHAT_MAX_MESSAGES);
  expect(await codeOf(send(seat, 'one too many'))).toBe('CHAT_FULL');
  expect(await send(seat, 'the last one', id)).toEqual(last);
});

/** A visit with one message, after which so many bytes are left. */
async function aSeatWithRoomFor(bytes: number): Promise<SeatKey> {
  const seat = keyOf(await aSeat(scene));
  await haveSaid(seat, 1);
  await scene.api.database.prisma.chatMessage.updateMany({
    where: { visitId: seat.visitId },
    data: { totalBytes: CHAT_MAX_BYTES - bytes },
  });
  return seat;
}

test('a visit keeps so much text and no more, whichever nodes store it at the same moment', async () => {
  // Four bytes each, of which JavaScript counts two characters.
  const long = '🩺'.repeat(CHAT_MESSAGE_MAX_LENGTH / 2);
  const bytes = 2 * CHAT_MESSAGE_MAX_LENGTH;
  const seat = await aSeatWithRoomFor(10 * bytes);
  const one = createChatService(chatDeps());
  const other = createChatService(chatDeps());
  const sent = await Promise.allSettled(
    Array.from({ length: 16 }, (_none, index) =>
      (index % 2 === 0 ? one : other).store(seat, aDraft(long), 'race'),
    ),
  );
  const refused = sent.filter((result) => result.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as AppError).code)).toEqual(Array(6).fill('CHAT_FULL'));
  const stored = await scene.api.database.prisma.chatMessage.findMany({
    where: { visitId: seat.visitId },
    orderBy: { sequence: 'asc' },
  });
  expect(stored.map(({ totalBytes }) => CHAT_MAX_BYTES - totalBytes)).toEqual(
    Array.from({ length: 11 }, (_none, index) => (10 - index) * bytes),
  );
});

test('what is longer than the room that is left is refused, and what fits is stored', async () => {
  const seat = await aSeatWithRoomFor(3);
  expect(await codeOf(send(seat, 'با'))).toBe('CHAT_FULL');
  await send(seat, 'yes');
  expect(await codeOf(send(seat, 'x'))).toBe('CHAT_FULL');
});

test('of a long conversation a page is read, from the front or from the back', async () => {
  const seat = await aSeat(scene);
  await haveSaid(seat, CHAT_PAGE_SIZE + 3);
  const spanOf = (messages: ChatMessage[]) => [messages[0]?.sequence, messages.at(-1)?.sequence];
  expect(spanOf(await since(seat, 1, 'first'))).toEqual([2, CHAT_PAGE_SIZE + 1]);
  expect(spanOf(await since(seat, 1, 'last'))).toEqual([4, CHAT_PAGE_SIZE + 3]);
  expect(spanOf(await since(seat, CHAT_PAGE_SIZE, 'first'))).toEqual([
    CHAT_PAGE_SIZE + 1,
    CHAT_PAGE_SIZE + 3,
  ]);
});

test('of a visit that does not exist there are none to read', async () => {
  const seat = await aSeat(scene);
  for (const unknown of [
    { ...seat, visitId: randomUUID() as VisitId },
    { ...seat, organizationId: scene.foreign.organizationId },
  ]) {
    expect(await codeOf(since(unknown, 0))).toBe('VISIT_NOT_FOUND');
  }
});
