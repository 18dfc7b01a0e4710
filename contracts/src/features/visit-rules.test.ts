import { expect, it } from 'vitest';
import { isDoorOpen, isVisitLive, isVisitOver, mayEnterRoom } from './visit-rules.ts';
import type { SeatRole } from './seats.ts';
import { VisitState } from './visit.ts';

it('lets a host into the room until the visit is over, and everyone else while it goes on', () => {
  const allowed = (role: SeatRole) => VisitState.options.filter((state) => mayEnterRoom(role, state));
  expect(allowed('host')).toEqual(['scheduled', 'waiting', 'in_progress', 'on_hold']);
  expect(allowed('patient')).toEqual(['in_progress']);
  expect(allowed('guest')).toEqual(['in_progress']);
  expect(VisitState.options.filter(isVisitOver)).toEqual(['ended', 'summarised', 'cancelled', 'no_show']);
  expect(VisitState.options.filter(isVisitLive)).toEqual(['waiting', 'in_progress', 'on_hold']);
});

const START = '2026-01-05T10:00:00.000Z';

it('opens half an hour before the start and stays open', () => {
  expect(isDoorOpen(START, new Date('2026-01-05T09:29:59.999Z'))).toBe(false);
  expect(isDoorOpen(START, new Date('2026-01-05T09:30:00.000Z'))).toBe(true);
  expect(isDoorOpen(START, new Date('2026-01-05T11:00:00.000Z'))).toBe(true);
});

it('is open for who came without an appointment', () => {
  expect(isDoorOpen(null, new Date(START))).toBe(true);
});
