import { randomUUID } from 'node:crypto';
import { SeatHandshake, SessionId } from '@careconnect/contracts';
import type { SeatTicketClaims } from '@careconnect/contracts/internal';
import { createLogger, systemClock } from '@careconnect/platform';
import { expect, test, vi } from 'vitest';
import { createLoneCluster } from '../../cluster/cluster.ts';
import { aVisit, type TestSeat } from '../../testing/clinic.ts';
import { ExpelledSeats } from './expelled-seats.ts';
import type { RoomMedia } from './room-media.ts';
import { RoomRegistry } from './room-registry.ts';
import { createSeatArrival } from './seat-arrival.ts';
import { createSfuEvents } from './sfu-events.ts';

/** A live visit, the events of its SFU, and what each page is told. */
function aLiveVisit() {
  const visit = aVisit({ state: 'in_progress', guests: 2 });
  const closeSeat = vi.fn(() => Promise.resolve());
  const media = { closeSeat } as Partial<RoomMedia> as RoomMedia;
  const registry = new RoomRegistry({
    media,
    api: { messages: () => Promise.reject(new Error('nobody reads')) },
    facts: { add: () => undefined },
    log: createLogger({ name: 'test', level: 'silent' }),
    graceMs: 1_000,
    homes: createLoneCluster(systemClock).homes,
  });
  const room = registry.open(visit.organizationId, visit.visit);
  const expelled = new ExpelledSeats(systemClock);
  const counted = vi.fn();
  const events = createSfuEvents({
    registry,
    loads: { heard: () => undefined },
    expelled,
    metrics: { expelled: counted },
  });
  const seatContext = () => Promise.reject(new Error('nobody comes in'));
  const arrive = createSeatArrival({
    registry,
    api: { seatContext },
    media,
    expelled,
    iceServersFor: () => [],
    clock: systemClock,
  });

  function sit(person: TestSeat, phase: 'waiting' | 'in_room') {
    const emit = vi.fn(() => true);
    const disconnect = vi.fn();
    const seat = room.place(person);
    seat.phase = phase;
    room.seats.connect(
      seat,
      { id: randomUUID(), connected: true, emit, disconnect },
      SessionId.parse(randomUUID()),
    );
    emit.mockClear();
    return Object.assign(emit, { disconnect });
  }
  return { visit, events, sit, arrive, closeSeat, counted };
}

test('everyone in the room is told who speaks, whoever it is; nobody who waits outside', () => {
  const { visit, events, sit } = aLiveVisit();
  const inside = [visit.host, visit.patient, ...visit.guests.slice(1)].map((seat) => sit(seat, 'in_room'));
  const outside = sit(visit.guests[0]!, 'waiting');
  for (const emit of inside) emit.mockClear();
  const { seatId } = visit.patient;
  events['room:speaker']({ roomId: visit.id, seatId });
  for (const emit of inside) expect(emit.mock.calls).toEqual([['room:speaker', { seatId }]]);
  expect(outside).not.toHaveBeenCalled();
});

test('of a visit that nobody here is in nobody is told', () => {
  const { visit, events, sit } = aLiveVisit();
  const doctor = sit(visit.host, 'in_room');
  events['room:speaker']({ roomId: aVisit().id, seatId: visit.patient.seatId });
  expect(doctor).not.toHaveBeenCalled();
});

test('who floods a visit is let go, the others see them leave, and they are not let in again', async () => {
  const { visit, events, sit, arrive, closeSeat, counted } = aLiveVisit();
  const [doctor, patient] = [sit(visit.host, 'in_room'), sit(visit.patient, 'in_room')];
  const { organizationId: org, sessionId: sid, seatId, seatRole, name } = visit.patient;
  doctor.mockClear();
  events['seat:flooded']({ roomId: visit.id, seatId });
  await expect.poll(() => doctor.mock.calls).toEqual([['peer:left', { seatId }]]);
  expect(patient.disconnect).toHaveBeenCalledOnce();
  expect(doctor.disconnect).not.toHaveBeenCalled();
  expect(closeSeat).toHaveBeenCalledWith(visit.id, seatId);
  expect(counted).toHaveBeenCalledOnce();

  const claims = { org, sid, visitId: visit.id, seatId, seatRole, name } as SeatTicketClaims;
  const connection = { id: 'next', connected: true, emit: vi.fn(() => true), disconnect: vi.fn() };
  const arriving = arrive(claims, SeatHandshake.parse({ ticket: 'good' }), connection);
  await expect(arriving).rejects.toMatchObject({ code: 'SENT_TOO_MUCH' });
  const others = arrive(
    { ...claims, seatId: visit.host.seatId },
    SeatHandshake.parse({ ticket: 'good' }),
    connection,
  );
  await expect(others).rejects.not.toMatchObject({ code: 'SENT_TOO_MUCH' });
});

test('who floods a visit that another process serves stays out of it here as well, and is counted there alone', async () => {
  const { visit, events, arrive, counted } = aLiveVisit();
  const elsewhere = aVisit({ state: 'in_progress' });
  const { organizationId: org, sessionId: sid, seatId, seatRole, name } = elsewhere.patient;
  events['seat:flooded']({ roomId: elsewhere.id, seatId });
  const claims = { org, sid, visitId: elsewhere.id, seatId, seatRole, name } as SeatTicketClaims;
  const connection = { id: 'next', connected: true, emit: vi.fn(() => true), disconnect: vi.fn() };
  const arriving = arrive(claims, SeatHandshake.parse({ ticket: 'good' }), connection);
  await expect(arriving).rejects.toMatchObject({ code: 'SENT_TOO_MUCH' });
  expect(counted).not.toHaveBeenCalled();

  // In its turn, which a visit that is here gets.
  events['seat:flooded']({ roomId: visit.id, seatId: visit.patient.seatId });
  await expect.poll(() => counted.mock.calls).toHaveLength(1);
});
