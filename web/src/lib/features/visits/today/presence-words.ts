import type { QueueEntry, TimeZone } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import { formatDayTime, formatTime } from '#lib/time/format.ts';
import { calendarDateIn } from '#lib/time/zone.ts';

/** Connections that break are usually mended within this time, in ms. */
const MOMENT_MS = 2 * 60_000;

type Presence = Pick<QueueEntry, 'state' | 'origin' | 'isPresent' | 'absence'>;

/** Whether the patient is here, or since when not; null for one who is not expected to be here yet. */
export function presenceWords(
  { state, origin, isPresent, absence }: Presence,
  { now, zone }: { readonly now: Date; readonly zone: TimeZone },
): string | null {
  if (isPresent) return state === 'scheduled' ? m.visit_today_checking() : m.visit_today_present();
  if (absence === null) {
    if (state !== 'scheduled') return m.visit_today_not_here();
    return origin === 'walk_in' ? m.visit_today_never_came() : null;
  }
  const { since, hasLeft } = absence;
  const isToday = calendarDateIn(since, zone) === calendarDateIn(now, zone);
  const time = isToday ? formatTime(since, { zone }) : formatDayTime(since, { zone });
  if (hasLeft) return m.visit_today_left({ time });
  if (now.getTime() - Date.parse(since) < MOMENT_MS) return m.visit_today_absent();
  return m.visit_today_absent_since({ time });
}
