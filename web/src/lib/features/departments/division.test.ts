import type { DividedOrganization } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { isTaken, placingsIn } from './division.ts';

const organization = {
  locations: [
    {
      id: 'l',
      name: 'Main house',
      address: 'Street 1',
      departments: [{ id: 'd', name: 'Eyes', doctors: [{ id: '2', name: 'Dr Omar' }] }],
    },
  ],
  withoutDepartment: [{ id: '1', name: 'Dr Ayesha' }],
} as unknown as DividedOrganization;

test('doctors are listed by name with where they work', () => {
  expect(placingsIn(organization).map(({ name, department }) => [name, department])).toEqual([
    ['Dr Ayesha', null],
    ['Dr Omar', 'Eyes'],
  ]);
});

test('a name is taken by another one, and not by itself', () => {
  const [{ departments } = { departments: [] }] = organization.locations;
  expect(isTaken(' Eyes ', departments, null)).toBe(true);
  expect(isTaken('Eyes', departments, { id: 'd' })).toBe(false);
  expect(isTaken('Ears', departments, null)).toBe(false);
});
