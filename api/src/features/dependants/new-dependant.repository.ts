import { randomUUIDv7 } from 'node:crypto';
import {
  MAX_DEPENDANTS,
  type PatientId,
  type RelatedPersonId,
  type Relationship,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { scopesOf, type NewChild } from './related-person.ts';

export interface NewDependantRepository {
  /**
   * Registers a patient in the care of whoever asks, with the row that tells of it. A repeated id changes nothing;
   * `keyUsed` when it is somebody else's.
   */
  addChild(
    actor: Actor,
    child: NewChild,
    at: Date,
    audit: (patientId: PatientId) => AuditRow,
  ): Promise<'added' | 'keyUsed' | 'tooMany'>;
  /**
   * Stores a request where exactly one patient has this name and birth date. What was found, only the row that tells of
   * it says.
   */
  ask(
    actor: Actor,
    asked: AskedFor,
    at: Date,
    audit: (found: { id: RelatedPersonId; patientId: PatientId } | null) => AuditRow,
  ): Promise<'asked' | 'tooMany'>;
}

export interface AskedFor {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly relationship: Relationship;
}

export function createNewDependantRepository({ prisma }: Pick<Database, 'prisma'>): NewDependantRepository {
  return {
    addChild: (actor, { id, relationship, ...child }, at, audit) =>
      inTransaction(prisma, async (tx) => {
        const { organizationId, userId } = actor;
        const open = await countOpen(tx, actor);
        const first = await tx.relatedPerson.findFirst({ where: { organizationId, id } });
        if (first) return first.userId === userId ? 'added' : 'keyUsed';
        if (open >= MAX_DEPENDANTS) return 'tooMany';
        const patientId = randomUUIDv7() as PatientId;
        await tx.patient.create({
          data: { ...child, id: patientId, organizationId, birthDate: new Date(child.birthDate) },
        });
        await tx.relatedPerson.create({
          data: {
            ...{ id, organizationId, userId, patientId, relationship, status: 'active' },
            ...{
              scopes: scopesOf(relationship, []),
              requestedAt: at,
              grantedAt: at,
              grantedByUserId: userId,
            },
          },
        });
        await appendAudit(tx, audit(patientId));
        return 'added';
      }),

    ask: (actor, { name, birthDate, relationship }, at, audit) =>
      inTransaction(prisma, async (tx) => {
        const { organizationId, userId } = actor;
        if ((await countOpen(tx, actor)) >= MAX_DEPENDANTS) return 'tooMany';
        const namesakes = await tx.patient.findMany({
          where: {
            ...{ organizationId, birthDate: new Date(birthDate) },
            name: { equals: name, mode: 'insensitive' },
            OR: [{ userId: null }, { userId: { not: userId } }],
          },
          select: { id: true, relatedPersons: { where: { userId, status: { not: 'ended' } }, take: 1 } },
          take: 2,
        });
        const [only, another] = namesakes;
        const isNew = only !== undefined && another === undefined && only.relatedPersons.length === 0;
        const found = isNew
          ? { id: randomUUIDv7() as RelatedPersonId, patientId: only.id as PatientId }
          : null;
        if (found) {
          await tx.relatedPerson.create({
            data: { ...found, organizationId, userId, relationship, requestedAt: at },
          });
        }
        await appendAudit(tx, audit(found));
        return 'asked';
      }),
  };
}

/** Their membership stays locked, so that no two requests make one too many, nor the same one twice. */
async function countOpen(
  tx: Prisma.TransactionClient,
  { organizationId, userId, membershipId }: Actor,
): Promise<number> {
  await tx.$queryRaw`SELECT FROM membership WHERE id = ${membershipId}::uuid FOR NO KEY UPDATE`;
  return tx.relatedPerson.count({ where: { organizationId, userId, status: { not: 'ended' } } });
}
