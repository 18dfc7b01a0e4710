import { CalendarDate } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { exportFileName } from './export-file-name.ts';

const first = CalendarDate.parse('2026-11-01');
const today = CalendarDate.parse('2026-11-21');

it.each([
  ['visits-2026-11-21.csv', { from: today, to: today, isCutOff: false }],
  ['visits-2026-11-01-to-2026-11-21.csv', { from: first, isCutOff: false }],
  ['visits-until-2026-11-01.csv', { to: first, isCutOff: false }],
  ['visits-until-2026-11-21-incomplete.csv', { isCutOff: true }],
])('calls the file %s', (name, days) => {
  expect(exportFileName({ ...days, today })).toBe(name);
});
