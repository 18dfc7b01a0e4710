import type { Pool } from 'pg';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly origin: string;
  readonly reason: string | null;
  readonly name: string;
  readonly age: number;
  readonly is_present: boolean;
  readonly left_at: Date | null;
  readonly has_left: boolean;
  readonly created_at: Date;
  readonly scheduled_at: Date | null;
  readonly waiting_since: Date | null;
  readonly started_at: Date | null;
}

/** `baseline_visit` is the bench's copy of the visits with the reasons in the clear. */
const QUERY = {
  name: 'today',
  text: `
    SELECT v.id, v.state, v.origin, v.reason, p.name, v.created_at, v.scheduled_at, v.waiting_since, v.started_at,
           extract(year FROM age((now() AT TIME ZONE d.time_zone)::date, p.birth_date))::int AS age,
           coalesce(s.is_present, false) AS is_present, s.left_at, coalesce(s.has_left, false) AS has_left
      FROM practitioner d
      JOIN baseline_visit v ON v.practitioner_id = d.id
      JOIN patient p ON p.id = v.patient_id
      LEFT JOIN visit_participant s ON s.visit_id = v.id AND s.user_id = p.user_id AND s.seat_role = 'patient'
     WHERE d.id = $1
       AND (v.state IN ('in_progress', 'on_hold')
            OR v.state = 'waiting'
               AND (v.origin <> 'walk_in' OR v.created_at > now() - interval '24 hours' OR s.is_present)
            OR v.state = 'scheduled'
               AND v.listed_at >= (now() AT TIME ZONE d.time_zone)::date::timestamp AT TIME ZONE d.time_zone
               AND v.listed_at < ((now() AT TIME ZONE d.time_zone)::date + 1)::timestamp AT TIME ZONE d.time_zone)`,
};

const RANK: Readonly<Record<string, number>> = { waiting: 0, in_progress: 1, on_hold: 1, scheduled: 2 };

/** The doctor's queue of today. */
export async function readToday(pool: Pool, practitionerId: string): Promise<unknown> {
  const { rows } = await pool.query<Row>({ ...QUERY, values: [practitionerId] });
  rows.sort((a, b) => rankOf(a) - rankOf(b) || since(a) - since(b) || (a.id < b.id ? -1 : 1));
  return { practitionerId, entries: rows.map(toEntry) };
}

function toEntry(row: Row): unknown {
  return {
    visitId: row.id,
    state: row.state,
    patientName: row.name,
    patientAge: row.age,
    reason: row.reason,
    origin: row.origin,
    scheduledAt: row.scheduled_at?.toISOString() ?? null,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    isPresent: row.is_present,
    absence:
      row.is_present || !row.left_at ? null : { since: row.left_at.toISOString(), hasLeft: row.has_left },
  };
}

function rankOf({ state }: Row): number {
  return RANK[state] ?? 1;
}

function since(row: Row): number {
  if (row.state === 'waiting') return Number(row.waiting_since ?? row.created_at);
  if (row.state === 'scheduled') return Number(row.scheduled_at ?? row.created_at);
  return Number(row.started_at ?? row.created_at);
}
