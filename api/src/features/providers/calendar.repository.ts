import type { OrganizationId, PractitionerId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { prepared } from '../../core/prepared.ts';
import type { Calendar, DayException, TimeSpan, WeeklyRule } from './availability.ts';

const DAY_MS = 86_400_000;

export interface CalendarRepository {
  /**
   * The calendars of those practitioners of the organization who work there, with everything that can decide about
   * the days from `fromDay` to `toDay` (days since 1970-01-01) in any time zone.
   */
  find(
    organizationId: OrganizationId,
    practitionerIds: readonly PractitionerId[],
    fromDay: number,
    toDay: number,
  ): Promise<Map<PractitionerId, Calendar>>;
}

type RuleTuple = [number, number, number, number, number | null, number | null];
type ExceptionTuple = [number, number | null, number | null, number | null];

interface CalendarRow {
  readonly id: PractitionerId;
  readonly time_zone: string;
  readonly rules: RuleTuple[] | null;
  readonly exceptions: ExceptionTuple[] | null;
  readonly busy: [number, number][] | null;
}

/**
 * One round trip, numbers only. A booking is found by its start: none lasts longer than the four hours that a
 * slot may have, so the day of slack on both sides holds every one that reaches into the range.
 */
const selectCalendars = prepared<CalendarRow>(
  'calendar.find',
  `
    SELECT p.id, p.time_zone,
      (SELECT json_agg(json_build_array(r.weekday, r.start_minute, r.end_minute, r.slot_minutes,
                r.valid_from - DATE '1970-01-01', r.valid_to - DATE '1970-01-01'))
         FROM availability_rule r
        WHERE r.organization_id = p.organization_id AND r.practitioner_id = p.id) AS rules,
      (SELECT json_agg(json_build_array(e.date - DATE '1970-01-01', e.start_minute, e.end_minute,
                CASE WHEN e.kind = 'extra' THEN e.slot_minutes END))
         FROM availability_exception e
        WHERE e.organization_id = p.organization_id AND e.practitioner_id = p.id
          AND e.date BETWEEN DATE '1970-01-01' + $3::int AND DATE '1970-01-01' + $4::int) AS exceptions,
      (SELECT json_agg(json_build_array(extract(epoch FROM a.starts_at)::float8 * 1000,
                extract(epoch FROM a.ends_at)::float8 * 1000))
         FROM appointment a
        WHERE a.organization_id = p.organization_id AND a.practitioner_id = p.id
          AND a.status NOT IN ('cancelled', 'noshow')
          AND a.starts_at >= $5 AND a.starts_at < $6) AS busy
    FROM practitioner p
    JOIN membership m ON m.organization_id = p.organization_id AND m.user_id = p.user_id
                     AND m.status = 'active' AND m.role = 'doctor'
    WHERE p.organization_id = $1 AND p.id = ANY($2::uuid[])`,
);

export function createCalendarRepository({ pool }: Pick<Database, 'pool'>): CalendarRepository {
  return {
    async find(organizationId, practitionerIds, fromDay, toDay) {
      const bounds = [new Date((fromDay - 1) * DAY_MS), new Date((toDay + 2) * DAY_MS)];
      const values = [organizationId, practitionerIds, fromDay, toDay, ...bounds];
      const rows = await selectCalendars(pool, values);
      return new Map(rows.map((row) => [row.id, toCalendar(row)]));
    },
  };
}

function toCalendar({ time_zone, rules, exceptions, busy }: CalendarRow): Calendar {
  return {
    timeZone: time_zone,
    rules: rules?.map(toRule) ?? [],
    exceptions: exceptions?.map(toException) ?? [],
    busy: busy?.map(([start, end]): TimeSpan => ({ start, end })).sort((a, b) => a.start - b.start) ?? [],
  };
}

function toRule([weekday, startMinute, endMinute, slotMinutes, from, to]: RuleTuple): WeeklyRule {
  const validity = { validFromDay: from ?? -Infinity, validToDay: to ?? Infinity };
  return { weekday, startMinute, endMinute, slotMinutes, ...validity };
}

// Without minutes it is the whole day; without a slot length it is time off.
function toException([epochDay, start, end, slotMinutes]: ExceptionTuple): DayException {
  const part = { epochDay, startMinute: start ?? 0, endMinute: end ?? 1440 };
  return slotMinutes === null ? { kind: 'closed', ...part } : { kind: 'extra', ...part, slotMinutes };
}
