import { expect, it } from 'vitest';
import { isDoorOpen } from './door.ts';

const START = '2026-01-05T10:00:00.000Z';

it('opens half an hour before the start and stays open', () => {
  expect(isDoorOpen(START, new Date('2026-01-05T09:29:59.999Z'))).toBe(false);
  expect(isDoorOpen(START, new Date('2026-01-05T09:30:00.000Z'))).toBe(true);
  expect(isDoorOpen(START, new Date('2026-01-05T11:00:00.000Z'))).toBe(true);
});

it('is open for who came without an appointment', () => {
  expect(isDoorOpen(null, new Date(START))).toBe(true);
});
