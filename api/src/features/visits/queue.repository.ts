import {
  LIVE_VISIT_STATES,
  type OrganizationId,
  type PatientId,
  type PractitionerId,
  type VisitId,
  type VisitOrigin,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { prepared } from '../../core/prepared.ts';
import { createSharedRead } from '../../core/shared-read.ts';
import { sqlNames } from '../../core/sql-names.ts';
import { createRememberingCipher } from './remembering-cipher.ts';
import { VISITS_TO_ESTIMATE_FROM, type QueuedVisit } from './queue.ts';

/** A visit in a queue with what is shown of it. */
export interface QueueRow extends QueuedVisit {
  readonly visitId: VisitId;
  readonly patientId: PatientId;
  readonly patientName: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly reason: string | null;
  readonly origin: VisitOrigin;
}

export interface Queue {
  /** The calendar day in the doctor's own time zone, `YYYY-MM-DD`. */
  readonly today: string;
  readonly readAt: Date;
  /** In no particular order. */
  readonly rows: readonly QueueRow[];
}

export interface QueueRepository {
  /** Null when there is no such doctor. */
  read(organizationId: OrganizationId, practitionerId: PractitionerId, now: Date): Promise<Queue | null>;
  /** How long the doctor's last visits took, in minutes. */
  lastDurations(organizationId: OrganizationId, practitionerId: PractitionerId): Promise<number[]>;
}

/**
 * Whoever waits or is with the doctor, on whatever day it began, and who is expected today; of walk-ins that
 * are older than a guest's session only those with somebody behind them. The doctor's row comes even with an
 * empty queue, so that an unknown doctor is told from an idle one. Row-level security hides from the planner how rare
 * the states are. So that it neither reads every seat there is nor plans each time, the seat and the time of a
 * walk-in are asked for in sub-selects.
 */
const QUEUE = `
  SELECT d.today, v.id AS "visitId", v.state, v.origin, v.reason, v.patient_id AS "patientId",
         p.name AS "patientName", p.birth_date AS "birthDate", ${epochMs('v.scheduled_at')} AS "scheduledAt",
         ${epochMs('v.waiting_since')} AS "waitingSince", ${epochMs('v.started_at')} AS "startedAt",
         ${epochMs('v.created_at')} AS "createdAt",
         coalesce(s.is_present, false) AS "isPresent", ${epochMs('s.left_at')} AS "awaySince",
         coalesce(s.has_left, false) AS "hasLeft"
    FROM (SELECT id, time_zone, ($3::timestamptz AT TIME ZONE time_zone)::date AS today
            FROM practitioner WHERE organization_id = $1 AND id = $2) d
    LEFT JOIN LATERAL (
      SELECT * FROM visit
       WHERE organization_id = $1 AND practitioner_id = d.id
         AND state IN (${sqlNames(LIVE_VISIT_STATES)})
         AND (state <> 'waiting' OR origin <> 'walk_in' OR created_at > (SELECT $3::timestamptz - interval '24 hours')
              OR (SELECT true FROM visit_participant
                   WHERE organization_id = $1 AND visit_id = visit.id AND is_present LIMIT 1))
      UNION ALL
      SELECT * FROM visit
       WHERE organization_id = $1 AND practitioner_id = d.id AND state = 'scheduled'
         AND listed_at >= d.today::timestamp AT TIME ZONE d.time_zone
         AND listed_at < (d.today + 1)::timestamp AT TIME ZONE d.time_zone
    ) v ON true
    LEFT JOIN patient p ON p.organization_id = v.organization_id AND p.id = v.patient_id
    LEFT JOIN visit_participant s
      ON s.organization_id = v.organization_id AND s.visit_id = v.id AND s.user_id = p.user_id
     AND s.seat_role = 'patient'`;

type SelectedRow = { readonly today: string } & (QueueRow | { readonly visitId: null });

const selectQueue = prepared<SelectedRow>('queue.read', QUEUE);
const selectDurations = prepared<{ minutes: number }>(
  'queue.lastDurations',
  `SELECT (extract(epoch FROM ended_at - started_at) / 60)::float8 AS minutes
     FROM visit
    WHERE organization_id = $1 AND practitioner_id = $2 AND state IN ('ended', 'summarised')
    ORDER BY listed_at DESC LIMIT ${VISITS_TO_ESTIMATE_FROM}`,
);

function epochMs(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}

interface QueueQuestion {
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
  readonly now: Date;
}

/** The open visits of a few hundred doctors. */
const REASONS_REMEMBERED = 4_000;

export interface QueueRepositoryDeps {
  readonly database: Pick<Database, 'pool' | 'tenancy'>;
  readonly cipher: FieldCipher;
}

export function createQueueRepository({
  database: { pool, tenancy },
  cipher,
}: QueueRepositoryDeps): QueueRepository {
  const remembering = createRememberingCipher(cipher, REASONS_REMEMBERED);

  function toQueue({ organizationId, now }: QueueQuestion, selected: readonly SelectedRow[]): Queue | null {
    const [first] = selected;
    if (!first) return null;
    const rows: QueueRow[] = [];
    for (const row of selected) {
      if (row.visitId === null) continue;
      const owner = { organizationId, id: row.visitId };
      rows.push({ ...row, reason: remembering.decrypt('visit.reason', owner, row.reason) });
    }
    return { today: first.today, readAt: now, rows };
  }

  const read = createSharedRead<QueueQuestion, Queue | null>(
    ({ organizationId, practitionerId }) => `${organizationId}:${practitionerId}`,
    async (question) => {
      const { organizationId, practitionerId, now } = question;
      // Whoever of those who share it began it, one of the tenant or a process of ours.
      const selected = await tenancy.runAsTenant(organizationId, () =>
        selectQueue(pool, [organizationId, practitionerId, now]),
      );
      return toQueue(question, selected);
    },
  );

  return {
    read: (organizationId, practitionerId, now) => read({ organizationId, practitionerId, now }),
    async lastDurations(organizationId, practitionerId) {
      const rows = await selectDurations(pool, [organizationId, practitionerId]);
      return rows.map(({ minutes }) => minutes);
    },
  };
}
