import type { DirectionGrade, Instant, LivePresence, TimeZone } from '@careconnect/contracts';
import { GRADE_WORDS } from '#lib/features/quality/quality-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatExactTime } from '#lib/time/format.ts';

type Here = Extract<LivePresence, { where: 'here' }>;

export function whereWords(presence: LivePresence, zone: TimeZone): string {
  if (presence.where === 'here') return m.watch_here();
  if (presence.where === 'not-come') return m.watch_not_come();
  const time = formatExactTime(presence.since, { zone });
  return presence.where === 'left' ? m.watch_away_left({ time }) : m.watch_away_cut_off({ time });
}

/** Nothing at all, and too little to say, are two things to whoever waits for a grade. */
export function directionWords({ grade }: DirectionGrade, { lastSampleAt }: Here): string {
  return lastSampleAt === null ? m.watch_not_measured() : GRADE_WORDS[grade].title();
}

/** How old what is known of somebody is. */
export function ageWords({ lastSampleAt }: Here, at: Instant): string {
  if (lastSampleAt === null) return m.watch_not_measured();
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(lastSampleAt)) / 1_000));
  return m.watch_last_sample({ seconds });
}
