import { expect, test } from 'vitest';
import { phaseOnArrival } from './visit-rules.ts';

test.each([
  ['someone new', null, { mayJoin: false, isCheckedIn: false }, 'lobby'],
  ['a patient who checked in elsewhere', null, { mayJoin: false, isCheckedIn: true }, 'waiting'],
  ['who was in the room', 'in_room', { mayJoin: true, isCheckedIn: true }, 'in_room'],
  ['who was in the room and may no longer be', 'in_room', { mayJoin: false, isCheckedIn: true }, 'waiting'],
  ['who was in the room without a check-in', 'in_room', { mayJoin: false, isCheckedIn: false }, 'waiting'],
  ['who waits and has been admitted meanwhile', 'waiting', { mayJoin: true, isCheckedIn: true }, 'waiting'],
  ['who was in the lobby', 'lobby', { mayJoin: true, isCheckedIn: true }, 'lobby'],
] as const)('%s arrives in the right place', (_who, before, context, phase) => {
  expect(phaseOnArrival('patient', before, context)).toBe(phase);
});

test('a host is in the room or prepares for it, and never waits', () => {
  for (const before of [null, 'lobby', 'waiting', 'in_room'] as const) {
    for (const mayJoin of [true, false]) {
      const phase = phaseOnArrival('host', before, { mayJoin, isCheckedIn: true });
      expect(phase).toBe(before === 'in_room' && mayJoin ? 'in_room' : 'lobby');
    }
  }
});
