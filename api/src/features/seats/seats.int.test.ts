import { randomUUID } from 'node:crypto';
import {
  CHAT_MAX_BYTES,
  CHAT_MAX_MESSAGES,
  CHAT_MESSAGE_MAX_LENGTH,
  CHAT_PAGE_SIZE,
  ENTER_BEFORE_MINUTES,
  buildPath,
  endpoints,
  VISIT_MAX_SEATS,
  type ChatDraft,
  type ChatMessage,
  type ClientMessageId,
  type SeatId,
  type UserId,
  type VisitId,
} from '@careconnect/contracts';
import {
  DESK_TICKET_AUDIENCE,
  DeskTicketClaims,
  internalApiEndpoints,
  SEAT_TICKET_AUDIENCE,
  SeatTicketClaims,
  type Fact,
  type SeatKey,
  type SeatFact,
  type VisitKey,
} from '@careconnect/contracts/internal';
import { AppError } from '@careconnect/platform';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sessionIdOf } from '../auth/session.service.ts';
import { createChatRepository } from '../chat/chat.repository.ts';
import { createChatService, type ChatServiceDeps } from '../chat/chat.service.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { createVisitRepository } from '../visits/visit.repository.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';
import { createSeatRepository } from './seat.repository.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { joinTicket } = endpoints.visits;

function keyOf({ organizationId, visitId, seatId }: SeatKey): SeatKey {
  return { organizationId, visitId, seatId };
}

/** The code that a call of signaling is refused with. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.code;
  throw new Error('the call was not refused');
}

async function aSeat(): Promise<SeatKey & { appointmentId: string }> {
  const { id: appointmentId, visitId } = await scene.book();
  const { seatId } = await scene.patient.call(joinTicket, { params: { visitId } });
  return { organizationId: scene.clinic.organizationId, visitId, seatId, appointmentId };
}

describe('a join ticket', () => {
  test('is for the two whose visit it is', async () => {
    const { visitId } = await scene.book();
    const params = { visitId };
    const [mine, again] = [
      await scene.patient.call(joinTicket, { params }),
      await scene.patient.call(joinTicket, { params }),
    ];
    expect(again.seatId).toBe(mine.seatId);
    expect(again.ticket).not.toBe(mine.ticket);
    expect((await scene.doctor.call(joinTicket, { params })).seatRole).toBe('host');
    expect((await scene.desk.refused(joinTicket, { params })).code).toBe('FORBIDDEN');
  });

  test('is refused to another patient, and an organization apart knows of no visit', async () => {
    const { visitId } = await scene.book();
    const { visit: theirs } = await scene.api.client().call(endpoints.visits.walkIn, {
      params: { slug: scene.clinic.walkInSlug },
      body: { idempotencyKey: randomUUID(), guest: { name: 'Someone Else', birthDate: '1980-05-05' } },
    });
    const other = await scene.patient.refused(joinTicket, { params: { visitId: theirs.id } });
    expect(other.code).toBe('VISIT_NOT_YOURS');
    for (const stranger of [scene.foreignPatient, scene.foreignDoctor]) {
      expect((await stranger.refused(joinTicket, { params: { visitId } })).code).toBe('VISIT_NOT_FOUND');
    }
    const unknown = await scene.patient.refused(joinTicket, { params: { visitId: randomUUID() } });
    expect(unknown.code).toBe('VISIT_NOT_FOUND');
  });

  test('two tabs that ask at once get the same seat', async () => {
    const { visitId } = await scene.book();
    const tickets = await Promise.all(
      [0, 1, 2].map(() => scene.patient.call(joinTicket, { params: { visitId } })),
    );
    expect(new Set(tickets.map(({ seatId }) => seatId)).size).toBe(1);
  });

  test('is refused while every seat is taken, and given as soon as somebody leaves', async () => {
    const { visitId } = await scene.book();
    await seatGuests(visitId, VISIT_MAX_SEATS);
    expect((await scene.patient.refused(joinTicket, { params: { visitId } })).code).toBe('VISIT_FULL');
    const { prisma } = scene.api.database;
    const leaving = await prisma.visitParticipant.findFirstOrThrow({ where: { visitId, seatRole: 'guest' } });
    await tell([
      aFact('seat.disconnected', {
        organizationId: scene.clinic.organizationId,
        visitId,
        seatId: leaving.id as SeatId,
      }),
    ]);
    await scene.patient.call(joinTicket, { params: { visitId } });
  });

  test('of two who ask for the last seat at once, in several tabs, one gets it', async () => {
    const { visitId } = await scene.book();
    await seatGuests(visitId, VISIT_MAX_SEATS - 1);
    const ask = (client: TestClient) =>
      client.call(joinTicket, { params: { visitId } }).then(
        ({ seatRole }) => seatRole,
        (error: Error) => /"VISIT_FULL"/.exec(error.message)?.[0],
      );
    const answers = await Promise.all(
      [scene.doctor, scene.patient, scene.doctor, scene.patient].map((client) => ask(client)),
    );
    expect(answers.filter((answer) => answer === '"VISIT_FULL"')).toHaveLength(2);
    expect(new Set(answers).size).toBe(2);
  });

  test('however many ask at once, no more hold a seat than there are, and one that nobody used is free again', async () => {
    const { database, cipher, clock } = scene.api;
    const { visitId } = await scene.book();
    const stored = await createVisitRepository({ database, cipher }).find(
      scene.clinic.organizationId,
      visitId,
    );
    if (!stored) throw new Error('the visit was just booked');
    const seats = createSeatRepository({ database, cipher });
    const guests = await makeGuests(VISIT_MAX_SEATS + 6);
    const [at, limit] = [clock.now(), VISIT_MAX_SEATS];
    const heldUntil = new Date(at.getTime() + 60_000);
    const take = ({ id, name }: { id: string; name: string }, now = at) =>
      seats.take({
        stored,
        userId: id as UserId,
        seatRole: 'guest',
        name,
        at: now,
        heldUntil,
        limit,
        audit: (entityId) => ({
          subject: { organizationId: stored.organizationId, userId: id, role: 'patient' },
          action: 'visit.joinTicket',
          entityType: 'visit',
          entityId,
          patientId: null,
          requestId: 'crowd',
          at: now,
        }),
      });
    const taken = await Promise.all(guests.map((guest) => take(guest)));
    expect(taken.filter((seat) => seat !== 'full')).toHaveLength(VISIT_MAX_SEATS);
    const turnedAway = guests[taken.indexOf('full')];
    if (!turnedAway) throw new Error('there were more people than seats');
    expect(await take(turnedAway)).toBe('full');
    expect(await take(turnedAway, heldUntil)).not.toBe('full');
  });

  test('that was used no longer holds the seat of someone who has left', async () => {
    const seat = await aSeat();
    await seatGuests(seat.visitId, VISIT_MAX_SEATS - 1);
    const params = { visitId: seat.visitId };
    expect((await scene.doctor.refused(joinTicket, { params })).code).toBe('VISIT_FULL');
    await tell([aFact('seat.connected', seat, 1_000), aFact('seat.disconnected', seat, 2_000)]);
    await scene.doctor.call(joinTicket, { params });
  });
});

test('a join ticket says whose seat it is, and in which session it was asked for', async () => {
  const { clinic, patient } = scene;
  const { visitId } = await scene.book();
  const { ticket, seatId } = await patient.call(joinTicket, { params: { visitId } });
  expect(SeatTicketClaims.parse(await claimsOf(ticket, SEAT_TICKET_AUDIENCE))).toMatchObject({
    sub: clinic.members.patient.userId,
    sid: sessionIdOf(patient.cookies.get('cc_refresh') ?? ''),
    org: clinic.organizationId,
    visitId,
    seatId,
  });
});

test('a desk ticket says who watches, and leaves an audit row that does', async () => {
  const { clinic } = scene;
  for (const [client, role, practitionerId] of [
    [scene.doctor, 'doctor', clinic.practitionerId],
    [scene.desk, 'receptionist', null],
  ] as const) {
    const requestId = `desk-proof-${role}`;
    const headers = { 'x-request-id': requestId };
    const { ticket, ...told } = await client.call(endpoints.visits.deskTicket, { headers });
    expect(told).toMatchObject({ role, practitionerId });
    expect(DeskTicketClaims.parse(await claimsOf(ticket, DESK_TICKET_AUDIENCE))).toMatchObject({
      sid: sessionIdOf(client.cookies.get('cc_refresh') ?? ''),
      org: clinic.organizationId,
      role,
      practitionerId,
    });
    expect(await scene.api.database.prisma.auditEvent.findMany({ where: { requestId } })).toMatchObject([
      {
        organizationId: clinic.organizationId,
        action: 'queue.watch',
        actorUserId: clinic.members[role].userId,
        actorRole: role,
        entityType: 'practitioner',
        entityId: practitionerId,
        outcome: 'success',
      },
    ]);
  }
});

async function claimsOf(ticket: string, audience: string): Promise<unknown> {
  const { clock, joinTicketSecret } = scene.api;
  const key = new TextEncoder().encode(joinTicketSecret);
  return (await jwtVerify(ticket, key, { audience, currentDate: clock.now() })).payload;
}

describe('what signaling asks about a seat', () => {
  test('a seat that does not exist, or belongs to another visit, is not found', async () => {
    const one = await aSeat();
    const other = await aSeat();
    for (const params of [
      keyOf({ ...one, seatId: other.seatId }),
      keyOf({ ...one, visitId: randomUUID() as VisitId }),
      keyOf({ ...one, organizationId: scene.foreign.organizationId }),
    ]) {
      const { asSignaling } = scene.api;
      const body = { clientMessageId: randomUUID(), body: 'hello' };
      expect(await codeOf(asSignaling(internalApiEndpoints.seatContext, { params }))).toBe('VISIT_NOT_FOUND');
      expect(await codeOf(asSignaling(internalApiEndpoints.checkIn, { params }))).toBe('VISIT_NOT_FOUND');
      expect(await codeOf(asSignaling(internalApiEndpoints.storeMessage, { params, body }))).toBe(
        'VISIT_NOT_FOUND',
      );
    }
  });

  test('a suspended member has no seat, and has it again when they are let back in', async () => {
    const params = keyOf(await aSeat());
    const { asSignaling, database } = scene.api;
    const body = { clientMessageId: randomUUID(), body: 'hello' };
    const { userId } = scene.clinic.members.patient;
    const setStatus = (status: 'active' | 'suspended') =>
      database.prisma.membership.updateMany({ where: { userId }, data: { status } });
    await setStatus('suspended');
    const refusals = await Promise.all([
      codeOf(asSignaling(internalApiEndpoints.seatContext, { params })),
      codeOf(asSignaling(internalApiEndpoints.checkIn, { params })),
      codeOf(asSignaling(internalApiEndpoints.storeMessage, { params, body })),
    ]);
    await setStatus('active');
    expect(refusals).toEqual(['VISIT_NOT_FOUND', 'VISIT_NOT_FOUND', 'VISIT_NOT_FOUND']);
    expect((await asSignaling(internalApiEndpoints.seatContext, { params })).visit.id).toBe(params.visitId);
  });

  test('the host never waits, and may be in the room before and after the patient has come', async () => {
    const { organizationId, visitId } = await aSeat();
    const { seatId } = await scene.doctor.call(joinTicket, { params: { visitId } });
    const ask = () =>
      scene.api.asSignaling(internalApiEndpoints.seatContext, {
        params: { organizationId, visitId, seatId },
      });
    expect(await ask()).toMatchObject({ mayJoin: true, isCheckedIn: false });
    await scene.checkIn(visitId);
    expect(await ask()).toMatchObject({
      visit: { state: 'waiting' },
      mayJoin: true,
      isCheckedIn: false,
      position: null,
    });
  });

  test('only the patient can say that they are here', async () => {
    const { organizationId, visitId } = await aSeat();
    const { seatId } = await scene.doctor.call(joinTicket, { params: { visitId } });
    const call = scene.api.asSignaling(internalApiEndpoints.checkIn, {
      params: { organizationId, visitId, seatId },
    });
    expect(await codeOf(call)).toBe('VISIT_TRANSITION_REFUSED');
  });

  test('nobody waits for a visit before its waiting room opens, and staying is fine', async () => {
    const { prisma } = scene.api.database;
    const params = keyOf(await aSeat());
    const where = { id: params.visitId };
    const come = () => scene.api.asSignaling(internalApiEndpoints.checkIn, { params });
    const begin = (inMs: number) =>
      prisma.visit.update({ where, data: { scheduledAt: new Date(scene.api.clock.now().getTime() + inMs) } });
    const opensMs = ENTER_BEFORE_MINUTES * 60_000;
    await begin(opensMs + 1);
    expect(await codeOf(come())).toBe('VISIT_TOO_EARLY');
    expect((await prisma.visit.findUniqueOrThrow({ where })).state).toBe('scheduled');
    await begin(opensMs);
    expect((await come()).visit.state).toBe('waiting');
    await begin(opensMs + 1);
    expect((await come()).visit.state).toBe('waiting');
  });

  test('a visit that is over takes nobody in and no words', async () => {
    const { appointmentId, ...params } = await aSeat();
    await scene.patient.call(endpoints.appointments.cancel, { params: { appointmentId } });
    const body = { clientMessageId: randomUUID(), body: 'hello?' };
    const { asSignaling } = scene.api;
    expect(await codeOf(asSignaling(internalApiEndpoints.seatContext, { params }))).toBe('VISIT_OVER');
    expect(await codeOf(asSignaling(internalApiEndpoints.checkIn, { params }))).toBe('VISIT_OVER');
    expect(await codeOf(asSignaling(internalApiEndpoints.storeMessage, { params, body }))).toBe('VISIT_OVER');
  });

  test('nobody but our own processes may ask', async () => {
    const path = buildPath(internalApiEndpoints.seatContext.path, keyOf(await aSeat()));
    for (const client of [
      scene.doctor,
      scene.api.client(),
      scene.api.client({ authorization: 'Bearer x.y.z' }),
    ]) {
      expect((await client.send('GET', path)).status).toBe(401);
    }
  });
});

describe('chat', () => {
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
    const seat = keyOf(await aSeat());
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
    const seat = keyOf(await aSeat());
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
    const seat = keyOf(await aSeat());
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
      data: Array.from({ length: count }, (_none, index) => ({
        organizationId,
        visitId,
        authorSeatId: seatId,
        sentAt: clock.now(),
        sequence: index + 1,
        totalBytes: (index + 1) * 4,
        clientMessageId: randomUUID(),
        body: cipher.encrypt('chat_message.body', organizationId, 'text'),
      })),
    });
  }

  test('a visit keeps so many messages and no more, and a repeat of the last is none', async () => {
    const seat = keyOf(await aSeat());
    await haveSaid(seat, CHAT_MAX_MESSAGES - 1);
    const id = randomUUID();
    const last = await send(seat, 'the last one', id);
    expect(last.sequence).toBe(CHAT_MAX_MESSAGES);
    expect(await codeOf(send(seat, 'one too many'))).toBe('CHAT_FULL');
    expect(await send(seat, 'the last one', id)).toEqual(last);
  });

  /** A visit with one message, after which so many bytes are left. */
  async function aSeatWithRoomFor(bytes: number): Promise<SeatKey> {
    const seat = keyOf(await aSeat());
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
    const seat = await aSeat();
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
    const seat = await aSeat();
    for (const unknown of [
      { ...seat, visitId: randomUUID() as VisitId },
      { ...seat, organizationId: scene.foreign.organizationId },
    ]) {
      expect(await codeOf(since(unknown, 0))).toBe('VISIT_NOT_FOUND');
    }
  });
});

test('signaling can ask where many visits stand', async () => {
  const [one, other] = [await aSeat(), await aSeat()];
  await scene.doctor.call(endpoints.visits.start, { params: { visitId: other.visitId } });
  const unknown = randomUUID() as VisitId;
  const third = await aSeat();
  const asked = [
    one,
    { ...one, visitId: unknown },
    other,
    { ...third, organizationId: scene.foreign.organizationId },
  ];
  const body = {
    visits: asked.map(({ organizationId, visitId }) => ({ organizationId, visitId })),
  };
  const { visits } = await scene.api.asSignaling(internalApiEndpoints.visitStates, { body });
  expect(new Map(visits.map(({ visitId, state }) => [visitId, state]))).toEqual(
    new Map([
      [one.visitId, 'scheduled'],
      [other.visitId, 'in_progress'],
    ]),
  );
});

describe('facts', () => {
  test('presence follows the newest connection, however late or often facts arrive', async () => {
    const seat = await aSeat();
    const [connected, left, back] = [
      aFact('seat.connected', seat, 1_000),
      aFact('seat.disconnected', seat, 2_000),
      aFact('seat.connected', seat, 3_000),
    ];
    const isPresent = async () => {
      const where = { id: seat.seatId };
      return (await scene.api.database.prisma.visitParticipant.findUniqueOrThrow({ where })).isPresent;
    };
    await tell([connected]);
    expect(await isPresent()).toBe(true);
    await tell([left]);
    await tell([connected]);
    expect(await isPresent()).toBe(false);
    await tell([back]);
    await tell([left, connected]);
    expect(await isPresent()).toBe(true);
  });

  test('whoever was connected to a node is gone when it starts anew, and the doctor sees it', async () => {
    const [here, there, later] = [await aSeat(), await aSeat(), await aSeat()];
    await tell([aFact('seat.connected', here, 1_000)]);
    await tell([aFact('seat.connected', there, 1_000)], 'two');
    await tell([aFact('seat.disconnected', there, 2_000)]);
    await scene.api.settled();
    scene.api.signaling.take();
    const at = new Date(scene.api.clock.now().getTime() + 5_000).toISOString();
    const started = { type: 'signaling.started', at, idempotencyKey: randomUUID() } as const;
    await tell([started, aFact('seat.connected', later, 6_000)]);
    await tell([started]);
    const { prisma } = scene.api.database;
    const seatIds = [here, there, later].map(({ seatId }) => seatId);
    const present = await prisma.visitParticipant.findMany({
      where: { id: { in: seatIds }, isPresent: true },
    });
    expect(present.map(({ id }) => id).sort(), 'not of another node, nor of the new process').toEqual(
      [there.seatId, later.seatId].sort(),
    );
    await scene.api.settled();
    const [push] = scene.api.signaling.take();
    if (push?.type !== 'queue.changed') throw new Error('the queue was not pushed');
    expect(push.entries.find(({ visitId }) => visitId === here.visitId)).toMatchObject({ isPresent: false });
  });

  test('coming and going is in the history once, and the doctor sees it in the queue', async () => {
    const seat = await aSeat();
    // Today, however many were booked before.
    await scene.bringForward(seat.visitId);
    await scene.api.settled();
    scene.api.signaling.take();
    const facts = [
      aFact('seat.connected', seat),
      aFact('seat.joined', seat),
      aFact('seat.left', seat, 60_000),
    ];
    await tell(facts);
    await tell(facts);
    const { events } = await scene.patient.call(endpoints.visits.record, {
      params: { visitId: seat.visitId },
    });
    expect(events.map(({ type }) => type)).toEqual(['scheduled', 'joined', 'left']);
    await scene.api.settled();
    const [push] = scene.api.signaling.take();
    if (push?.type !== 'queue.changed') throw new Error('the queue was not pushed');
    expect(push.entries.find(({ visitId }) => visitId === seat.visitId)).toMatchObject({ isPresent: true });
  });

  test('one about a seat that nobody knows does not hold up the others', async () => {
    const seat = await aSeat();
    const unknown = { ...seat, seatId: randomUUID() as SeatId };
    const foreign = { ...seat, organizationId: scene.foreign.organizationId };
    await tell([unknown, foreign, seat].map((about) => aFact('seat.joined', about)));
    const { events } = await scene.patient.call(endpoints.visits.record, {
      params: { visitId: seat.visitId },
    });
    expect(events.map(({ type }) => type)).toEqual(['scheduled', 'joined']);
  });
});

async function tell(facts: Fact[], node = 'one'): Promise<void> {
  await scene.api.asSignaling(internalApiEndpoints.facts, { body: { node, facts } });
}

function aFact(type: SeatFact['type'], seat: SeatKey, afterMs = 0): SeatFact {
  const at = new Date(scene.api.clock.now().getTime() + afterMs).toISOString();
  return { type, ...keyOf(seat), at, idempotencyKey: randomUUID() };
}

/** Guests who are in the visit right now. */
async function seatGuests(visitId: VisitId, count: number): Promise<void> {
  const { organizationId } = scene.clinic;
  const connectedAt = scene.api.clock.now();
  const guests = await makeGuests(count);
  await scene.api.database.prisma.visitParticipant.createMany({
    data: guests.map(({ id: userId, name: displayName }) => ({
      organizationId,
      visitId,
      userId,
      seatRole: 'guest',
      displayName,
      isPresent: true,
      connectedAt,
    })),
  });
}

async function makeGuests(count: number): Promise<{ id: string; name: string }[]> {
  const { organizationId } = scene.clinic;
  const { prisma } = scene.api.database;
  const guests = await prisma.user.createManyAndReturn({
    data: Array.from({ length: count }, (_none, index) => ({ name: `Guest ${index}`, isGuest: true })),
    select: { id: true, name: true },
  });
  await prisma.membership.createMany({
    data: guests.map(({ id: userId }) => ({ organizationId, userId, role: 'patient' })),
  });
  return guests;
}
