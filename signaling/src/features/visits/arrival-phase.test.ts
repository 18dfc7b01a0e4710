import { expect, test } from 'vitest';
import { phaseOnArrival } from './arrival-phase.ts';

const PRESENT = { isSamePage: true, mayJoin: true, isCheckedIn: true };

test.each([
  ['someone new', { before: null, mayJoin: false, isCheckedIn: false }, 'lobby'],
  ['a patient who checked in elsewhere', { before: null, mayJoin: false }, 'waiting'],
  ['who was in the room', { before: 'in_room' }, 'in_room'],
  ['who was in the room and may no longer be', { before: 'in_room', mayJoin: false }, 'waiting'],
  [
    'who was in the room without a check-in',
    { before: 'in_room', mayJoin: false, isCheckedIn: false },
    'waiting',
  ],
  ['another device of who is in the room', { before: 'in_room', isSamePage: false }, 'lobby'],
  [
    'another device of who was in the room and may no longer be',
    { before: 'in_room', isSamePage: false, mayJoin: false },
    'waiting',
  ],
  ['another device of who waits', { before: 'waiting', isSamePage: false, mayJoin: false }, 'waiting'],
  ['who waits and has been admitted meanwhile', { before: 'waiting' }, 'waiting'],
  ['who was in the lobby', { before: 'lobby' }, 'lobby'],
] as const)('%s arrives in the right place', (_who, facts, phase) => {
  expect(phaseOnArrival('patient', { ...PRESENT, ...facts })).toBe(phase);
});

test('a host is in the room or prepares for it, and never waits', () => {
  for (const before of [null, 'lobby', 'waiting', 'in_room'] as const) {
    for (const mayJoin of [true, false]) {
      const phase = phaseOnArrival('host', { ...PRESENT, before, mayJoin });
      expect(phase).toBe(before === 'in_room' && mayJoin ? 'in_room' : 'lobby');
    }
  }
});
