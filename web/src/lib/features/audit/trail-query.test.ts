import { expect, test } from 'vitest';
import { writeListQuery } from '#lib/features/visit-list/list-query.ts';
import { readTrailQuery } from './trail-query.ts';

test('filters stand in the address and come back from it; nonsense counts as absent', () => {
  const query = { person: 'taliyah', action: 'patient.read', outcome: 'denied', from: '2026-11-01' } as const;
  expect(readTrailQuery(new URLSearchParams(writeListQuery(query)))).toEqual(query);
  expect(
    readTrailQuery(new URLSearchParams('action=fax&outcome=x&personId=1&from=never&person=%20')),
  ).toEqual({});
});
