import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import {
  AttachmentId,
  CHAT_MESSAGE_MAX_LENGTH,
  CHAT_PAGE_SIZE,
  ChatMessageId,
  ClientMessageId,
} from '@careconnect/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bothInRoom } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';

let clinic: Harness;

beforeEach(async () => {
  clinic = await Harness.start();
});
afterEach(() => clinic.close());

test('a message is stored before anyone hears of it', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  const gate = Promise.withResolvers<void>();
  clinic.api.storeDelay = () => gate.promise;
  const sending = doctor.ask('chat:send', draft('First'));
  await patient.askAnything('no such request');
  await turn();
  expect(patient.names).not.toContain('chat:message');
  expect(visit.messages).toEqual([]);
  gate.resolve();
  const sent = await sending;
  expect(await patient.event('chat:message')).toEqual(sent);
  expect(visit.messages).toEqual([sent]);
  expect(doctor.names, 'the author has it as the answer').not.toContain('chat:message');
});

test('messages arrive in the order they were sent, however long each takes to store', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  clinic.api.storeDelay = async (body) => {
    for (let turns = body === 'slow' ? 50 : 0; turns > 0; turns -= 1) await turn();
  };
  const bodies = ['slow', 'quick', 'slow', 'quick'];
  const sent = await Promise.all(bodies.map((body) => doctor.ask('chat:send', draft(body))));
  expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  const heard = [];
  for (const _body of bodies) heard.push(await patient.event('chat:message'));
  expect(heard).toEqual(sent);
  expect(visit.messages).toEqual(sent);
});

test('while api is away a message is refused, and sending it again stores it once', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  const again = draft('Take two a day');
  clinic.api.outage = 'down';
  expect(await doctor.refusal('chat:send', again)).toBe('UPSTREAM_UNAVAILABLE');
  clinic.api.outage = 'afterStoring';
  expect(await doctor.refusal('chat:send', again)).toBe('UPSTREAM_UNAVAILABLE');
  clinic.api.outage = 'none';
  const sent = await doctor.ask('chat:send', again);
  expect(await doctor.ask('chat:send', again)).toEqual(sent);
  expect(visit.messages).toEqual([sent]);
  expect(await patient.event('chat:message')).toEqual(sent);
  const next = await doctor.ask('chat:send', draft('With food'));
  expect(await patient.event('chat:message'), 'shown once').toEqual(next);
});

test('what api has stored by itself is shown once to everyone in the room, its author included', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  const sent = await doctor.ask('chat:send', draft('Please send a picture'));
  expect(await patient.event('chat:message')).toEqual(sent);
  const still = {
    ...sent,
    id: ChatMessageId.parse(randomUUID()),
    clientMessageId: ClientMessageId.parse(randomUUID()),
    sequence: 2,
    authorSeatId: visit.patient.seatId,
    body: '',
    attachment: {
      id: AttachmentId.parse(randomUUID()),
      kind: 'still' as const,
      mediaType: 'image/jpeg' as const,
      sizeBytes: 1_000,
      durationMs: null,
    },
  };
  visit.messages.push(still);
  await clinic.push({ type: 'chat.stored', message: still }, { type: 'chat.stored', message: still });
  expect(await doctor.event('chat:message')).toEqual(still);
  expect(await patient.event('chat:message')).toEqual(still);
  const next = await doctor.ask('chat:send', draft('Thank you'));
  expect(await patient.event('chat:message'), 'shown once').toEqual(next);
});

test('a message whose answer was lost is shown with the next one', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  clinic.api.outage = 'afterStoring';
  await doctor.refusal('chat:send', draft('Lost on the way back'));
  clinic.api.outage = 'none';
  await patient.ask('chat:send', draft('Hello?'));
  expect([await doctor.event('chat:message')], 'the author learns that it is stored').toEqual([
    visit.messages[0],
  ]);
  expect(await patient.event('chat:message')).toEqual(visit.messages[0]);
  expect(await doctor.event('chat:message')).toEqual(visit.messages[1]);
});

test('what a broken connection has missed can be asked for', async () => {
  const { doctor, patient } = await bothInRoom(clinic);
  const sent = [];
  for (const body of ['one', 'two', 'three']) sent.push(await doctor.ask('chat:send', draft(body)));
  await patient.event('chat:message');
  expect(await patient.ask('chat:since', { afterSequence: 1 })).toEqual({ messages: sent.slice(1) });
});

test('a long conversation comes a page at a time, and only what the page does not know', async () => {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  const first = await doctor.ask('chat:send', draft('the first'));
  for (let sequence = 2; sequence <= CHAT_PAGE_SIZE + 50; sequence += 1) {
    const id = ChatMessageId.parse(randomUUID());
    const clientMessageId = ClientMessageId.parse(randomUUID());
    visit.messages.push({ ...first, id, clientMessageId, sequence, body: `message ${sequence}` });
  }
  const last = await doctor.ask('chat:send', draft('the last'));
  expect(last.sequence).toBe(CHAT_PAGE_SIZE + 51);
  const heard = () => patient.names.filter((name) => name === 'chat:message').length;
  // What was missed, as far as it is remembered.
  await expect.poll(heard).toBe(CHAT_PAGE_SIZE + 1);

  const fresh = await clinic.sit(visit.patient, { takeOver: true });
  const { room } = await fresh.event('welcome');
  expect(room).toMatchObject({ messages: visit.messages.slice(-CHAT_PAGE_SIZE), hasOlderMessages: true });
  expect(await fresh.ask('chat:since', { afterSequence: 0 })).toEqual({
    messages: visit.messages.slice(0, CHAT_PAGE_SIZE),
  });
  const back = await clinic.sit(visit.patient, { takeOver: true, messagesAfter: CHAT_PAGE_SIZE + 50 });
  expect((await back.event('welcome')).room).toMatchObject({ messages: [last], hasOlderMessages: false });
});

test('coming back with another connection is no way around being slowed down', async () => {
  const { visit, doctor } = await bothInRoom(clinic);
  await Promise.all(Array.from({ length: 15 }, () => doctor.askAnything('chat:send', draft('again'))));
  const back = await clinic.sit(visit.host, { takeOver: true });
  await back.event('welcome');
  expect(await back.refusal('chat:send', draft('and again'))).toBe('RATE_LIMITED');
});

test('messages of before are there although api was away when the room opened', async () => {
  const visit = clinic.api.add({ state: 'in_progress' });
  const doctor = await clinic.sit(visit.host);
  await doctor.event('welcome');
  await doctor.ask('seat:join', {});
  await doctor.ask('chat:send', draft('Before'));
  await doctor.ask('seat:leave', {});

  const patient = await clinic.sit(visit.patient);
  await patient.event('welcome');
  clinic.api.outage = 'down';
  expect(await patient.ask('seat:join', {}), 'the visit is more than its chat').toMatchObject({
    messages: [],
  });
  expect(await patient.refusal('chat:since', { afterSequence: 0 })).toBe('UPSTREAM_UNAVAILABLE');
  clinic.api.outage = 'none';
  expect(await patient.ask('chat:since', { afterSequence: 0 })).toEqual({ messages: visit.messages });
});

test('a person who sends without end is slowed down', async () => {
  const { doctor } = await bothInRoom(clinic);
  const outcomes = await Promise.all(
    Array.from({ length: 15 }, () => doctor.askAnything('chat:send', draft('again'))),
  );
  const refused = outcomes.filter((answer) => !answer.ok && answer.error.code === 'RATE_LIMITED');
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(refused.length).toBeLessThanOrEqual(5);
});

test('a message that is empty or too long is refused with what is wrong', async () => {
  const { visit, doctor } = await bothInRoom(clinic);
  for (const body of ['   ', 'x'.repeat(CHAT_MESSAGE_MAX_LENGTH + 1), 'a\u0000b']) {
    expect(await doctor.refusal('chat:send', draft(body))).toBe('VALIDATION_FAILED');
  }
  expect(visit.messages).toEqual([]);
});

function draft(body: string) {
  return { clientMessageId: randomUUID(), body };
}
