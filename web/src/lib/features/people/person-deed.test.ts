import type { Person } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { deedsFor, mayChangeRole } from './person-deed.ts';

const somebody = { role: 'doctor', status: 'active', hasSecondFactor: false } as Person;

test('what can be done about somebody follows from what they are', () => {
  expect(deedsFor(somebody)).toEqual(['suspend', 'remove']);
  expect(deedsFor({ ...somebody, status: 'suspended', hasSecondFactor: true })).toEqual([
    'resume',
    'resetSecondFactor',
    'remove',
  ]);
  expect(deedsFor({ ...somebody, role: 'patient' })).toEqual(['suspend']);
  expect(deedsFor({ ...somebody, status: 'removed' })).toEqual([]);
  const roles = ['doctor', 'patient', 'platformAdmin'] as const;
  expect(roles.map((role) => mayChangeRole({ ...somebody, role }))).toEqual([true, false, false]);
});
