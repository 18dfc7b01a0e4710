import type { QueueEntry } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { viewerZone } from '#lib/time/zone.ts';
import { presenceWords } from './presence-words.ts';

const zone = viewerZone();
const now = new Date(2026, 10, 23, 10, 45);
const at = (hour: number, minute: number, day = 23) => new Date(2026, 10, day, hour, minute).toISOString();

type Presence = Parameters<typeof presenceWords>[0];
const waiting: Presence = { state: 'waiting', origin: 'walk_in', isPresent: false, absence: null };
const gone = (since: string, hasLeft = false): Presence => ({ ...waiting, absence: { since, hasLeft } });
const scheduled = (origin: QueueEntry['origin']): Presence => ({ ...waiting, state: 'scheduled', origin });

it.each([
  ['Here now', { ...waiting, isPresent: true }],
  ['Here, checking camera and sound', { ...scheduled('walk_in'), isPresent: true }],
  ['Away for a moment', gone(at(10, 44))],
  ['Left at 10:44', gone(at(10, 44), true)],
  ['Not here since 10:12', gone(at(10, 12))],
  ['Not here', waiting],
  ['Has not come in yet', scheduled('walk_in')],
  [null, scheduled('appointment')],
])('says %s', (words, presence) => {
  expect(presenceWords(presence, { now, zone })?.replace(/\s?AM$/, '') ?? null).toBe(words);
});

it('names the day of an absence that began on another', () => {
  expect(presenceWords(gone(at(23, 50, 22)), { now, zone })).toMatch(/^Not here since .*22/);
});
