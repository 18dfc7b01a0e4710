import type { EmergencyAccessId, OrganizationId, PatientId, UserId } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import { sqlNameHasWords } from '../../core/name-words.repository.ts';
import type { TrailEvent, TrailFilter } from './trail.ts';

export interface TrailPage {
  readonly limit: number;
  readonly after: InstantCursor | null;
}

export interface TrailRepository {
  /** Newest first. */
  find(organizationId: OrganizationId, filter: TrailFilter, page: TrailPage): Promise<TrailEvent[]>;
  /** Whoever has a name with all of these words and a membership here, at most `limit`. */
  peopleNamed(organizationId: OrganizationId, words: string, limit: number): Promise<UserId[]>;
  patientsNamed(organizationId: OrganizationId, words: string, limit: number): Promise<PatientId[]>;
}

type EventRow = Omit<TrailEvent, 'actor' | 'patient' | 'shownIds' | 'reason' | 'emergencyAccessId'> & {
  readonly actorUserId: UserId | null;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly patientId: PatientId | null;
  readonly patientName: string | null;
};

export function createTrailRepository({ prisma }: Pick<Database, 'prisma'>): TrailRepository {
  return {
    async find(organizationId, filter, { limit, after }) {
      const conditions = Prisma.join([...conditionsOf(filter), ...notSeen(after)], ' AND ');
      // Sealed rows have their own indexes; those that wait for their seal are few.
      const part = (sealed: Prisma.Sql) => Prisma.sql`(
        SELECT * FROM audit_event
         WHERE organization_id = ${organizationId}::uuid AND seal_number ${sealed} AND ${conditions}
         ORDER BY at DESC, id DESC LIMIT ${limit})`;
      // A patient who is not of this organization is not named: somebody may have asked for an id of another.
      const rows = await prisma.$queryRaw<EventRow[]>`
        SELECT event.id, event.at, event.action, event.entity_type AS "entityType", event.entity_id AS "entityId",
               event.outcome::text AS outcome, event.detail, event.request_id AS "requestId",
               event.actor_user_id AS "actorUserId", event.actor_role AS "actorRole",
               coalesce(practitioner.name, person.name) AS "actorName",
               patient.id AS "patientId", patient.name AS "patientName"
          FROM (${part(Prisma.sql`IS NOT NULL`)} UNION ALL ${part(Prisma.sql`IS NULL`)}) AS event
          LEFT JOIN user_account AS person ON person.id = event.actor_user_id
          LEFT JOIN practitioner ON practitioner.organization_id = event.organization_id
                                AND practitioner.user_id = event.actor_user_id
          LEFT JOIN patient ON patient.organization_id = event.organization_id AND patient.id = event.patient_id
         ORDER BY event.at DESC, event.id DESC LIMIT ${limit}`;
      return rows.map(toEvent);
    },

    async peopleNamed(organizationId, words, limit) {
      const rows = await prisma.$queryRaw<{ id: UserId }[]>`
        SELECT member.user_id AS id FROM membership AS member
         WHERE member.organization_id = ${organizationId}::uuid
           AND (EXISTS (SELECT FROM user_account WHERE id = member.user_id AND ${sqlNameHasWords(words)})
             OR EXISTS (SELECT FROM practitioner
                         WHERE organization_id = member.organization_id AND user_id = member.user_id
                           AND ${sqlNameHasWords(words)}))
         LIMIT ${limit}`;
      return rows.map(({ id }) => id);
    },

    async patientsNamed(organizationId, words, limit) {
      const rows = await prisma.$queryRaw<{ id: PatientId }[]>`
        SELECT id FROM patient WHERE organization_id = ${organizationId}::uuid AND ${sqlNameHasWords(words)}
         LIMIT ${limit}`;
      return rows.map(({ id }) => id);
    },
  };
}

function conditionsOf(filter: TrailFilter): Prisma.Sql[] {
  const { personIds, patientIds, action, outcome, emergencyAccessId, from, until } = filter;
  return [
    Prisma.sql`true`,
    ...(personIds ? [Prisma.sql`actor_user_id = ANY(${personIds}::uuid[])`] : []),
    ...(patientIds ? [isAbout(patientIds)] : []),
    ...(action ? [Prisma.sql`action = ${action}`] : []),
    ...(outcome ? [Prisma.sql`outcome = ${outcome}::audit_outcome`] : []),
    // Said once more for the index of what was not done.
    ...(outcome && outcome !== 'success' ? [Prisma.sql`outcome <> 'success'`] : []),
    ...(emergencyAccessId ? [Prisma.sql`detail ->> 'emergencyAccessId' = ${emergencyAccessId}`] : []),
    ...(from ? [Prisma.sql`at >= ${from}`] : []),
    ...(until ? [Prisma.sql`at < ${until}`] : []),
  ];
}

function isAbout(patientIds: readonly PatientId[]): Prisma.Sql {
  return Prisma.sql`(patient_id = ANY(${patientIds}::uuid[])
    OR (detail ? 'patientIds' AND detail -> 'patientIds' ?| ${patientIds}::text[]))`;
}

function notSeen(after: InstantCursor | null): Prisma.Sql[] {
  return after ? [Prisma.sql`(at, id) < (${after.at}, ${after.id}::uuid)`] : [];
}

function toEvent(row: EventRow): TrailEvent {
  const { actorUserId: userId, actorName: name, actorRole: role, patientId, patientName, ...event } = row;
  const { patientIds, reason, ...detail } = event.detail;
  const { emergencyAccessId } = detail;
  return {
    ...event,
    detail,
    actor: { userId, name, role },
    patient: patientId && { id: patientId, name: patientName },
    shownIds: Array.isArray(patientIds) ? patientIds.filter(isText).map((id) => id as PatientId) : [],
    reason: isText(reason) ? reason : null,
    emergencyAccessId: isText(emergencyAccessId) ? (emergencyAccessId as EmergencyAccessId) : null,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
