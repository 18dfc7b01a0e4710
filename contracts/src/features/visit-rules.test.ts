import { expect, it } from 'vitest';
import { isVisitOver, mayEnterRoom } from './visit-rules.ts';
import { VisitState, type SeatRole } from './visits.ts';

it('lets a host into the room until the visit is over, and everyone else while it goes on', () => {
  const allowed = (role: SeatRole) => VisitState.options.filter((state) => mayEnterRoom(role, state));
  expect(allowed('host')).toEqual(['scheduled', 'waiting', 'in_progress', 'on_hold']);
  expect(allowed('patient')).toEqual(['in_progress']);
  expect(allowed('guest')).toEqual(['in_progress']);
  expect(VisitState.options.filter(isVisitOver)).toEqual(['ended', 'summarised', 'cancelled', 'no_show']);
});
