import type { OrganizationId, PatientId, RelatedPersonId, UserId } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { MOVES, type Move, type StoredRelatedPerson } from './related-person.ts';

export interface RelatedPersonRepository {
  find(organizationId: OrganizationId, id: RelatedPersonId, at: Date): Promise<StoredRelatedPerson | null>;
  /** For whom somebody acts. */
  ofUser(organizationId: OrganizationId, userId: UserId, at: Date): Promise<StoredRelatedPerson[]>;
  /** Who acts for a patient, asks to, or did; newest first. */
  ofPatient(organizationId: OrganizationId, patientId: PatientId, at: Date): Promise<StoredRelatedPerson[]>;
  /** Who asks to act for a patient without an account; oldest first. */
  atDesk(organizationId: OrganizationId, at: Date): Promise<StoredRelatedPerson[]>;
  /** False when it has moved meanwhile. */
  move(
    relation: StoredRelatedPerson,
    move: Move,
    by: { readonly actor: Actor; readonly at: Date; readonly scopes: StoredRelatedPerson['scopes'] },
    audit: AuditRow,
  ): Promise<boolean>;
}

interface Row extends Omit<StoredRelatedPerson, 'patient'> {
  readonly patientId: PatientId;
  readonly patientName: string;
  readonly patientUserId: UserId | null;
}

export function createRelatedPersonRepository({ prisma }: Pick<Database, 'prisma'>): RelatedPersonRepository {
  async function select(organizationId: OrganizationId, at: Date, which: Prisma.Sql) {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT r.id, r.user_id AS "userId", u.name, r.relationship::text, r.status::text, r.scopes::text[] AS scopes,
             r.requested_at AS "requestedAt", r.granted_at AS "grantedAt", r.ended_at AS "endedAt",
             p.id AS "patientId", p.name AS "patientName", p.user_id AS "patientUserId",
             p.birth_date::text AS "birthDate", (r.granted_at AT TIME ZONE o.time_zone)::date::text AS "grantedOn",
             (${at}::timestamptz AT TIME ZONE o.time_zone)::date::text AS today
        FROM related_person r
        JOIN patient p ON p.organization_id = r.organization_id AND p.id = r.patient_id
        JOIN user_account u ON u.id = r.user_id
        JOIN organization o ON o.id = r.organization_id
       WHERE r.organization_id = ${organizationId}::uuid AND ${which}`;
    return rows.map(toRelatedPerson);
  }

  return {
    async find(organizationId, id, at) {
      const [found] = await select(organizationId, at, Prisma.sql`r.id = ${id}::uuid`);
      return found ?? null;
    },
    ofUser: (organizationId, userId, at) =>
      select(
        organizationId,
        at,
        Prisma.sql`r.user_id = ${userId}::uuid AND r.status = 'active' ORDER BY r.requested_at, r.id`,
      ),
    ofPatient: (organizationId, patientId, at) =>
      select(
        organizationId,
        at,
        Prisma.sql`r.patient_id = ${patientId}::uuid ORDER BY r.requested_at DESC, r.id`,
      ),
    atDesk: (organizationId, at) =>
      select(
        organizationId,
        at,
        Prisma.sql`r.status = 'pending' AND p.user_id IS NULL ORDER BY r.requested_at, r.id`,
      ),

    move: ({ id }, move, { actor: { organizationId, userId }, at, scopes }, audit) =>
      inTransaction(prisma, async (tx) => {
        const { from, to: status } = MOVES[move];
        const { count } = await tx.relatedPerson.updateMany({
          where: { organizationId, id, status: { in: [...from] } },
          data:
            move === 'grant'
              ? { status, scopes: [...scopes], grantedAt: at, grantedByUserId: userId }
              : { status, endedAt: at, endedByUserId: userId },
        });
        if (count === 0) return false;
        await appendAudit(tx, audit);
        return true;
      }),
  };
}

function toRelatedPerson({ patientId, patientName, patientUserId, ...row }: Row): StoredRelatedPerson {
  return { ...row, patient: { id: patientId, name: patientName, userId: patientUserId } };
}
