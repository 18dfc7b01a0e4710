import { randomUUID } from 'node:crypto';
import { SessionId } from '@careconnect/contracts';
import { createLogger } from '@careconnect/platform';
import { expect, test, vi } from 'vitest';
import { aVisit, type TestSeat } from '../../testing/clinic.ts';
import type { FactsPort } from '../../upstream/facts-outbox.ts';
import { RoomSeats } from './room-seats.ts';

/** The seats of a visit, and what api is told of them. */
function someSeats() {
  const { organizationId, id: visitId, host, patient } = aVisit({ state: 'in_progress' });
  const facts = { add: vi.fn<FactsPort['add']>() };
  const log = createLogger({ name: 'test', level: 'silent' });
  const seats = new RoomSeats({ organizationId, visitId }, { facts, log });
  const told = () => facts.add.mock.calls.map(([type, { seatId }]) => [type, seatId] as const);
  const sit = (person: TestSeat) => {
    const seat = seats.place(person);
    seat.phase = 'in_room';
    return seat;
  };
  return { seats, sit, told, host, patient };
}

function aConnection() {
  return { id: randomUUID(), connected: true, emit: vi.fn(() => true), disconnect: vi.fn() };
}

const session = SessionId.parse(randomUUID());

test('whoever comes back sits in the seat that was kept', () => {
  const { seats, sit, patient } = someSeats();
  expect(sit(patient)).toBe(sit(patient));
  expect(seats.size).toBe(1);
});

test('another window takes the seat from the one before, and for the others nothing has happened', () => {
  const { seats, sit, told, host, patient } = someSeats();
  const [doctor, before, now] = [aConnection(), aConnection(), aConnection()];
  seats.connect(sit(host), doctor, session);
  const seat = sit(patient);
  seats.connect(seat, before, session);
  doctor.emit.mockClear();
  seats.connect(seat, now, session);
  expect(before.emit).toHaveBeenCalledWith('seat:replaced', {});
  expect(before.disconnect).toHaveBeenCalledOnce();
  expect(seats.disconnect(seat, before), 'it no longer held the seat').toBe(false);
  expect(seat.isConnected).toBe(true);
  expect(doctor.emit).not.toHaveBeenCalled();
  expect(told()).toEqual([
    ['seat.connected', host.seatId],
    ['seat.connected', patient.seatId],
  ]);
});

test('a lost connection is told to api and to the others, and keeps the seat', () => {
  const { seats, sit, told, host, patient } = someSeats();
  const [doctor, connection] = [aConnection(), aConnection()];
  seats.connect(sit(host), doctor, session);
  const seat = sit(patient);
  seats.connect(seat, connection, session);
  expect(seats.disconnect(seat, connection)).toBe(true);
  expect(seats.find(seat.id)).toBe(seat);
  expect(told().at(-1)).toEqual(['seat.disconnected', seat.id]);
  expect(doctor.emit).toHaveBeenLastCalledWith('peer:connection', { seatId: seat.id, isConnected: false });
});

test('a seat is taken away once, and its connection with it', () => {
  const { seats, sit, told, patient } = someSeats();
  const seat = sit(patient);
  seats.connect(seat, aConnection(), session);
  expect([seats.remove(seat), seats.remove(seat)]).toEqual([true, false]);
  expect([...seats]).toEqual([]);
  expect(told().map(([type]) => type)).toEqual(['seat.connected', 'seat.disconnected']);
});
