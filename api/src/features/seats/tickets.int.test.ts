import { randomUUID } from 'node:crypto';
import { endpoints, VISIT_MAX_SEATS, type SeatId, type UserId } from '@careconnect/contracts';
import {
  DESK_TICKET_AUDIENCE,
  DeskTicketClaims,
  SEAT_TICKET_AUDIENCE,
  SeatTicketClaims,
} from '@careconnect/contracts/internal';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { sessionIdOf } from '../auth/session.service.ts';
import { createSeatRepository } from './seat.repository.ts';
import { aFact, aSeat, makeGuests, seatGuests, tell } from './testing/a-seat.ts';
import { createVisitRepository } from '../visits/visit.repository.ts';
import { startCareScene, type CareScene } from '../visits/testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const { joinTicket } = endpoints.seats;

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
    const { visit: theirs } = await scene.api.client().call(endpoints.walkIns.enter, {
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
    await seatGuests(scene, visitId, VISIT_MAX_SEATS);
    expect((await scene.patient.refused(joinTicket, { params: { visitId } })).code).toBe('VISIT_FULL');
    const { prisma } = scene.api.database;
    const leaving = await prisma.visitParticipant.findFirstOrThrow({ where: { visitId, seatRole: 'guest' } });
    await tell(scene, [
      aFact(scene, 'seat.disconnected', {
        organizationId: scene.clinic.organizationId,
        visitId,
        seatId: leaving.id as SeatId,
      }),
    ]);
    await scene.patient.call(joinTicket, { params: { visitId } });
  });

  test('of two who ask for the last seat at once, in several tabs, one gets it', async () => {
    const { visitId } = await scene.book();
    await seatGuests(scene, visitId, VISIT_MAX_SEATS - 1);
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
    const guests = await makeGuests(scene, VISIT_MAX_SEATS + 6);
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
    const seat = await aSeat(scene);
    await seatGuests(scene, seat.visitId, VISIT_MAX_SEATS - 1);
    const params = { visitId: seat.visitId };
    expect((await scene.doctor.refused(joinTicket, { params })).code).toBe('VISIT_FULL');
    await tell(scene, [
      aFact(scene, 'seat.connected', seat, 1_000),
      aFact(scene, 'seat.disconnected', seat, 2_000),
    ]);
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
    const { ticket, ...told } = await client.call(endpoints.seats.deskTicket, { headers });
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
