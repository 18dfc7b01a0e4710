import { expect, it } from 'vitest';
import { readDayQuery, writeDayQuery } from './day-query.ts';

const today = '2026-01-05';
const doctor = '01970000-0000-7000-8000-000000000003';

it('shows today and everyone unless the address says otherwise', () => {
  expect(readDayQuery(new URLSearchParams(), today)).toEqual({ day: today, practitionerId: null });
  expect(readDayQuery(new URLSearchParams('day=tomorrow&doctor=me'), today)).toEqual({
    day: today,
    practitionerId: null,
  });
});

it('reads back what it wrote', () => {
  const query = readDayQuery(new URLSearchParams(`day=2026-01-06&doctor=${doctor}`), today);
  expect(writeDayQuery(query, today)).toBe(`?day=2026-01-06&doctor=${doctor}`);
  expect(writeDayQuery({ ...query, day: today, practitionerId: null }, today)).toBe('?');
});
