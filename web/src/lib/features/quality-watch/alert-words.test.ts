import type { SeatId, VisitId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { viewerZone } from '#lib/time/zone.ts';
import { alertKey, alertWords, type AnyAlert } from './alert-words.ts';

const zone = viewerZone();
const since = new Date(2026, 10, 22, 14, 3, 12).toISOString();
const about = {
  visitId: 'visit' as VisitId,
  patientName: 'Bilal Khan',
  practitionerName: 'Dr. Khan',
  seatId: 'seat' as SeatId,
  name: 'Dr. Khan',
  since,
};

test.each<[AnyAlert, RegExp]>([
  [{ kind: 'cut-off', ...about }, /^Dr\. Khan has been cut off since .*03:12/],
  [
    { kind: 'inadequate-sound', ...about, problem: 'no-sound' },
    /^Dr\. Khan has not understood the others since .*03:12/,
  ],
  [{ kind: 'node-silent', since, node: 'north' }, /^north .* since .*03:12/],
  [{ kind: 'worker-busy', since, node: 'north', worker: 0 }, /1 of north .* since .*03:12/],
  [{ kind: 'facts-late', since, node: 'north' }, /^north .* since .*03:12/],
  [{ kind: 'no-media-worker', since }, /since .*03:12/],
  [{ kind: 'no-media-worker', since: null }, /^[^:]*$/],
])('an alert says who or which, what, and since when: %o', (alert, title) => {
  expect(alertWords(alert, zone).title).toMatch(title);
});

test('who is cut off and who understands nobody are two alerts, also of one visit', () => {
  const other = { ...about, seatId: 'other' as SeatId };
  const alerts: AnyAlert[] = [
    { kind: 'cut-off', ...about },
    { kind: 'cut-off', ...other },
    { kind: 'inadequate-sound', ...other, problem: 'delay' },
  ];
  expect(new Set(alerts.map(alertKey)).size).toBe(3);
});
