import type { Pool } from 'pg';
import { startOfDay } from './zones.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const BOOKING_WINDOW_DAYS = 60;

interface Row {
  readonly time_zone: string;
  readonly rules: { weekday: number; from: number; to: number; slot: number }[] | null;
  readonly exceptions:
    { date: string; kind: string; from: number | null; to: number | null; slot: number | null }[] | null;
  readonly busy: { from: number; to: number }[] | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const QUERY = {
  name: 'availability',
  text: `
    SELECT time_zone,
      (SELECT json_agg(json_build_object('weekday', weekday, 'from', start_minute, 'to', end_minute, 'slot', slot_minutes))
         FROM availability_rule
        WHERE practitioner_id = p.id AND valid_from IS NULL AND valid_to IS NULL) AS rules,
      (SELECT json_agg(json_build_object('date', date, 'kind', kind, 'from', start_minute, 'to', end_minute, 'slot', slot_minutes))
         FROM availability_exception WHERE practitioner_id = p.id AND date BETWEEN $2 AND $3) AS exceptions,
      (SELECT json_agg(json_build_object('from', extract(epoch FROM starts_at)::float8 * 1000, 'to', extract(epoch FROM ends_at)::float8 * 1000))
         FROM appointment
        WHERE practitioner_id = p.id AND status NOT IN ('cancelled', 'noshow')
          AND starts_at BETWEEN $2::date - 1 AND $3::date + 2) AS busy
      FROM practitioner p WHERE id = $1`,
};

/** Free slots between two days of the doctor's own calendar, the plain way. */
export async function readAvailability(pool: Pool, id: string, from: string, to: string): Promise<unknown> {
  const { rows } = await pool.query<Row>({ ...QUERY, values: [id, from, to] });
  const row = rows[0];
  if (!row) throw new Error('There is no such doctor.');
  const now = Date.now();
  const slots: { startsAt: string; endsAt: string }[] = [];
  for (
    let day = Date.parse(from);
    day <= Math.min(Date.parse(to), now + BOOKING_WINDOW_DAYS * DAY_MS);
    day += DAY_MS
  ) {
    for (const slot of slotsOf(row, day)) {
      if (slot.from < now) continue;
      slots.push({ startsAt: new Date(slot.from).toISOString(), endsAt: new Date(slot.to).toISOString() });
    }
  }
  return { practitionerId: id, timeZone: row.time_zone, slots };
}

function slotsOf({ time_zone, rules, exceptions, busy }: Row, day: number): Span[] {
  const date = new Date(day).toISOString().slice(0, 10);
  const weekday = new Date(day).getUTCDay() || 7;
  const midnight = startOfDay(time_zone, day);
  const special = (exceptions ?? []).filter((exception) => exception.date === date);
  const taken: Span[] = [...(busy ?? [])];
  for (const { kind, from, to } of special) {
    if (kind === 'closed')
      taken.push({ from: midnight + (from ?? 0) * MINUTE_MS, to: midnight + (to ?? 1440) * MINUTE_MS });
  }
  const openings = [
    ...(rules ?? []).filter((rule) => rule.weekday === weekday),
    ...special.filter(({ kind }) => kind === 'extra'),
  ];
  const slots: Span[] = [];
  for (const { from, to, slot } of openings) {
    const length = (slot ?? 0) * MINUTE_MS;
    const end = midnight + (to ?? 0) * MINUTE_MS;
    for (let start = midnight + (from ?? 0) * MINUTE_MS; start + length <= end; start += length) {
      const candidate = { from: start, to: start + length };
      if (!taken.some((other) => other.from < candidate.to && candidate.from < other.to))
        slots.push(candidate);
    }
  }
  return slots.sort((a, b) => a.from - b.from);
}
