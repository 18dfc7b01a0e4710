import { VisitState } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { isOver, mayJoin, phaseOnArrival } from './visit-rules.ts';

test('a host may be in the room until the visit is over, a patient while it goes on', () => {
  const allowed = (role: 'host' | 'patient' | 'guest') =>
    VisitState.options.filter((state) => mayJoin(role, state));
  expect(allowed('host')).toEqual(['scheduled', 'waiting', 'in_progress', 'on_hold']);
  expect(allowed('patient')).toEqual(['in_progress']);
  expect(allowed('guest')).toEqual(['in_progress']);
  expect(VisitState.options.filter(isOver)).toEqual(['ended', 'summarised', 'cancelled', 'no_show']);
});

test.each([
  ['someone new', null, { mayJoin: false, isCheckedIn: false }, 'lobby'],
  ['a host, whoever has checked in', null, { mayJoin: true, isCheckedIn: true }, 'lobby'],
  ['a patient who checked in elsewhere', null, { mayJoin: false, isCheckedIn: true }, 'waiting'],
  ['who was in the room', 'in_room', { mayJoin: true, isCheckedIn: true }, 'in_room'],
  ['who was in the room and may no longer be', 'in_room', { mayJoin: false, isCheckedIn: true }, 'waiting'],
  ['who waits and has been admitted meanwhile', 'waiting', { mayJoin: true, isCheckedIn: true }, 'waiting'],
  ['who was in the lobby', 'lobby', { mayJoin: true, isCheckedIn: true }, 'lobby'],
] as const)('%s arrives in the right place', (_who, before, context, phase) => {
  expect(phaseOnArrival(before, context)).toBe(phase);
});
