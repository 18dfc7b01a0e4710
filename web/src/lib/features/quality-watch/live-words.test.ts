import type { LivePresence } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { viewerZone } from '#lib/time/zone.ts';
import { ageWords, directionWords, whereWords } from './live-words.ts';

const zone = viewerZone();
const since = new Date(2026, 10, 22, 14, 3, 12).toISOString();
const here = {
  where: 'here',
  received: { grade: 'unknown', reasons: [] },
  sent: { grade: 'exam-grade', reasons: [] },
  lastSampleAt: since,
  sound: [],
} as const satisfies LivePresence;

test('who is away is said to be, to the second, and why', () => {
  expect(whereWords(here, zone)).toBe('Here');
  expect(whereWords({ where: 'cut-off', since }, zone)).toMatch(/^Away since 0?2?1?4?:?.*03:12.*: cut off$/);
  expect(whereWords({ where: 'left', since }, zone)).toMatch(/03:12.*: left$/);
  expect(whereWords({ where: 'not-come' }, zone)).toBe('Not come yet');
});

test('nothing measured is told from too little, and neither is called good', () => {
  expect(directionWords(here.received, here)).toBe('Too little was measured');
  expect(directionWords(here.sent, here)).toBe('Clear enough to examine');
  const unmeasured = { ...here, lastSampleAt: null };
  expect(directionWords(unmeasured.received, unmeasured)).toBe('Not measured yet');
  expect(ageWords(unmeasured, since)).toBe('Not measured yet');
});

test('the age of what is known counts from the moment of the reading, not from the clock of the device', () => {
  const at = new Date(Date.parse(since) + 7_000).toISOString();
  expect(ageWords(here, at)).toBe('7 s ago');
  expect(ageWords(here, new Date(Date.parse(since) - 500).toISOString())).toBe('0 s ago');
});
