import { expect, test } from 'vitest';
import { writeListQuery } from '#lib/features/visit-list/list-query.ts';
import { readPeopleQuery } from './people-query.ts';

test('filters stand in the address and come back from it; nonsense counts as absent', () => {
  const query = { q: 'sana', role: 'receptionist', status: 'suspended' } as const;
  expect(readPeopleQuery(new URLSearchParams(writeListQuery(query)))).toEqual(query);
  expect(readPeopleQuery(new URLSearchParams('role=king&status=gone&q=%20'))).toEqual({});
});
