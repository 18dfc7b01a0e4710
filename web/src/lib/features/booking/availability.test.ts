import { expect, it } from 'vitest';
import { firstDayShown } from './availability.ts';

const today = '2026-02-10';

it('opens the calendar at the wanted day', () => {
  expect(firstDayShown('2026-03-01', today)).toBe('2026-03-01');
});

it.each([null, '', '2026-02-09', '2026-02-31', '2026-2-28', 'tomorrow'])(
  'opens it today for %j',
  (wanted) => {
    expect(firstDayShown(wanted, today)).toBe(today);
  },
);
