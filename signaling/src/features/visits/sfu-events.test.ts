import { randomUUID } from 'node:crypto';
import { SessionId } from '@careconnect/contracts';
import { createLogger, systemClock } from '@careconnect/platform';
import { expect, test, vi } from 'vitest';
import { createLoneCluster } from '../../cluster/cluster.ts';
import { aVisit, type TestSeat } from '../../testing/clinic.ts';
import type { RoomMedia } from './room-media.ts';
import { RoomRegistry } from './room-registry.ts';
import { createSfuEvents } from './sfu-events.ts';

/** A live visit, the events of its SFU, and what each page is told. */
function aLiveVisit() {
  const visit = aVisit({ state: 'in_progress', guests: 2 });
  const registry = new RoomRegistry({
    media: {} as RoomMedia,
    api: { messages: () => Promise.reject(new Error('nobody reads')) },
    facts: { add: () => undefined },
    log: createLogger({ name: 'test', level: 'silent' }),
    graceMs: 1_000,
    homes: createLoneCluster(systemClock).homes,
  });
  const room = registry.open(visit.organizationId, visit.visit);
  const events = createSfuEvents(registry, { heard: () => undefined });

  function sit(person: TestSeat, phase: 'waiting' | 'in_room') {
    const emit = vi.fn(() => true);
    const seat = room.place(person);
    seat.phase = phase;
    room.seats.connect(
      seat,
      { id: randomUUID(), connected: true, emit, disconnect: vi.fn() },
      SessionId.parse(randomUUID()),
    );
    emit.mockClear();
    return emit;
  }
  return { visit, events, sit };
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
