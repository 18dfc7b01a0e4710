import { randomUUID } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import {
  internalApiEndpoints,
  SEAT_TICKET_AUDIENCE,
  SeatTicketClaims,
  type SeatFact,
} from '@careconnect/contracts/internal';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startCareScene, type CareScene } from './testing/a-care-scene.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

describe('a visit from booking to its record', () => {
  test('book, wait, admit, talk, end, read', async () => {
    const { api, clinic, patient, doctor } = scene;
    const { asSignaling, clock } = api;
    const appointment = await scene.book();
    const { visitId } = appointment;
    expect(appointment).toMatchObject({ status: 'booked', reason: 'A cough that stays' });

    const ticket = await patient.call(endpoints.seats.joinTicket, { params: { visitId } });
    const key = new TextEncoder().encode(api.joinTicketSecret);
    const { payload } = await jwtVerify(ticket.ticket, key, {
      audience: SEAT_TICKET_AUDIENCE,
      currentDate: clock.now(),
    });
    expect(SeatTicketClaims.parse(payload)).toMatchObject({
      sub: clinic.members.patient.userId,
      org: clinic.organizationId,
      visitId,
      seatId: ticket.seatId,
      seatRole: 'patient',
      name: clinic.members.patient.name,
    });
    expect(Date.parse(ticket.expiresAt) - clock.now().getTime()).toBe(60_000);

    const { organizationId } = clinic;
    const params = { organizationId, visitId, seatId: ticket.seatId };
    const lobby = await asSignaling(internalApiEndpoints.seatContext, { params });
    expect(lobby).toMatchObject({ mayJoin: false, isCheckedIn: false, position: null });

    await api.settled();
    api.signaling.take();
    clock.advance(60_000);
    const waiting = await asSignaling(internalApiEndpoints.checkIn, { params });
    expect(waiting).toMatchObject({
      isCheckedIn: true,
      mayJoin: false,
      visit: { state: 'waiting', waitingSince: clock.now().toISOString() },
      position: { position: 1, isDoctorBusy: false, estimateMinutes: null },
    });
    expect(await appointmentStatus(appointment.id)).toBe('arrived');
    await api.settled();
    expect(api.signaling.take()).toMatchObject([
      { type: 'visit.changed', visit: { id: visitId, state: 'waiting' } },
      {
        type: 'queue.changed',
        organizationId: clinic.organizationId,
        practitionerId: clinic.practitionerId,
        entries: [{ visitId, state: 'waiting', patientName: clinic.members.patient.name, isPresent: false }],
        positions: [{ visitId, position: 1 }],
      },
    ]);

    clock.advance(60_000);
    const started = await doctor.call(endpoints.visits.start, { params: { visitId } });
    expect(started).toMatchObject({ state: 'in_progress', startedAt: clock.now().toISOString() });
    const admitted = await asSignaling(internalApiEndpoints.seatContext, { params });
    expect(admitted).toMatchObject({ mayJoin: true, position: null });
    const host = await doctor.call(endpoints.seats.joinTicket, { params: { visitId } });
    expect(host.seatRole).toBe('host');

    const say = (seatId: typeof host.seatId, body: string) =>
      asSignaling(internalApiEndpoints.storeMessage, {
        params: { organizationId, visitId, seatId },
        body: { clientMessageId: randomUUID(), body },
      });
    await say(ticket.seatId, 'Salaam, doctor');
    await say(host.seatId, 'How long have you been coughing?');
    const joined = (seatId: typeof host.seatId): SeatFact => ({
      type: 'seat.joined',
      organizationId,
      visitId,
      seatId,
      at: clock.now().toISOString(),
      idempotencyKey: randomUUID(),
    });
    const facts = [joined(host.seatId), joined(ticket.seatId)];
    await asSignaling(internalApiEndpoints.facts, { body: { node: 'one', facts } });
    clock.advance(60_000);
    await doctor.call(endpoints.visits.hold, { params: { visitId } });
    await doctor.call(endpoints.visits.start, { params: { visitId } });
    clock.advance(180_000);
    const ended = await doctor.call(endpoints.visits.end, { params: { visitId } });
    expect(ended).toMatchObject({
      state: 'ended',
      startedAt: started.startedAt,
      endedAt: clock.now().toISOString(),
    });
    expect(await appointmentStatus(appointment.id)).toBe('fulfilled');

    const record = await patient.call(endpoints.visits.record, { params: { visitId } });
    expect(record.visit).toEqual(ended);
    const doctorName = `Dr ${clinic.members.doctor.name}`;
    expect(ended.practitioner.name).toBe(doctorName);
    expect(record.events.map(({ type, actorName }) => [type, actorName])).toEqual([
      ['scheduled', clinic.members.patient.name],
      ['waiting', clinic.members.patient.name],
      ['started', doctorName],
      ['joined', doctorName],
      ['joined', clinic.members.patient.name],
      ['held', doctorName],
      ['resumed', doctorName],
      ['ended', doctorName],
    ]);
    expect(record.messages.map(({ sequence, authorName, body }) => [sequence, authorName, body])).toEqual([
      [1, clinic.members.patient.name, 'Salaam, doctor'],
      [2, doctorName, 'How long have you been coughing?'],
    ]);
    expect(await doctor.call(endpoints.visits.record, { params: { visitId } })).toEqual(record);
  });

  test('a repeat of a step changes nothing and is no error', async () => {
    const { doctor } = scene;
    const { visitId } = await scene.book();
    const params = { visitId };
    const first = await scene.checkIn(visitId);
    expect((await scene.checkIn(visitId)).seatId).toBe(first.seatId);
    const started = await doctor.call(endpoints.visits.start, { params });
    expect(await doctor.call(endpoints.visits.start, { params })).toEqual(started);
    await doctor.call(endpoints.visits.hold, { params });
    await doctor.call(endpoints.visits.hold, { params });
    const ended = await doctor.call(endpoints.visits.end, { params });
    expect(await doctor.call(endpoints.visits.end, { params })).toEqual(ended);
    const { events } = await doctor.call(endpoints.visits.record, { params });
    expect(events.map(({ type }) => type)).toEqual(['scheduled', 'waiting', 'started', 'held', 'ended']);
  });

  test('a doctor may open the room before the patient is there', async () => {
    const { visitId } = await scene.book();
    const started = await scene.doctor.call(endpoints.visits.start, { params: { visitId } });
    expect(started).toMatchObject({ state: 'in_progress', waitingSince: null });
    const ticket = await scene.checkIn(visitId);
    const context = await scene.api.asSignaling(internalApiEndpoints.seatContext, {
      params: { organizationId: scene.clinic.organizationId, visitId, seatId: ticket.seatId },
    });
    expect(context).toMatchObject({ mayJoin: true, visit: { state: 'in_progress' } });
    await scene.doctor.call(endpoints.visits.end, { params: { visitId } });
  });

  test('an impossible step is refused with its reason and changes nothing', async () => {
    const { doctor, patient } = scene;
    const { id: appointmentId, visitId } = await scene.book();
    const params = { visitId };
    for (const impossible of [endpoints.visits.hold, endpoints.visits.end]) {
      expect((await doctor.refused(impossible, { params })).code).toBe('VISIT_TRANSITION_REFUSED');
    }
    await patient.call(endpoints.appointments.cancel, { params: { appointmentId } });
    for (const tooLate of [endpoints.visits.start, endpoints.visits.hold, endpoints.visits.end]) {
      expect((await doctor.refused(tooLate, { params })).code).toBe('VISIT_OVER');
    }
    expect((await patient.refused(endpoints.seats.joinTicket, { params })).code).toBe('VISIT_OVER');
    const { visit, events } = await patient.call(endpoints.visits.record, { params });
    expect(visit.state).toBe('cancelled');
    expect(events.map(({ type }) => type)).toEqual(['scheduled', 'cancelled']);
  });

  test('every step of a person leaves an audit row with their name and request', async () => {
    const { api, clinic } = scene;
    const { visitId } = await scene.book();
    await scene.checkIn(visitId);
    const params = { visitId };
    await scene.doctor.call(endpoints.visits.start, { params, headers: { 'x-request-id': 'audit-proof-1' } });
    await scene.doctor.call(endpoints.visits.end, { params });
    const rows = await api.database.prisma.auditEvent.findMany({
      where: { entityId: visitId },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    expect(rows.map(({ action, actorRole }) => [action, actorRole])).toEqual([
      ['visit.joinTicket', 'patient'],
      ['visit.checkIn', 'patient'],
      ['visit.start', 'doctor'],
      ['visit.end', 'doctor'],
    ]);
    expect(rows[2]).toMatchObject({
      organizationId: clinic.organizationId,
      actorUserId: clinic.members.doctor.userId,
      patientId: clinic.patientId,
      requestId: 'audit-proof-1',
      outcome: 'success',
    });
  });
});

async function appointmentStatus(id: string): Promise<string> {
  const { status } = await scene.api.database.prisma.appointment.findUniqueOrThrow({ where: { id } });
  return status;
}
