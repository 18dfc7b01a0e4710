import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { departmentErrors } from './department.errors.ts';
import type { Division, NewDepartment } from './department.ts';

export interface DivisionRepository {
  /**
   * Divides the organization anew, with the row that tells of it, while nobody else decides about it.
   * Errors: FORBIDDEN when the actor is no administrator any more, NOT_FOUND, CONFLICT.
   */
  apply(actor: Actor, division: Division, audit: AuditRow): Promise<void>;
}

type Within<Kind extends Division['kind']> = Extract<Division, { kind: Kind }> & {
  readonly tx: Prisma.TransactionClient;
  readonly organizationId: string;
};

export function createDivisionRepository({ prisma }: Pick<Database, 'prisma'>): DivisionRepository {
  return {
    apply: (actor, division, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        await divide({ ...division, tx, organizationId: actor.organizationId });
        await appendAudit(tx, audit);
      }),
  };
}

function divide(within: Within<Division['kind']>): Promise<void> {
  switch (within.kind) {
    case 'addLocation':
      return addLocation(within);
    case 'changeLocation':
      return changeLocation(within);
    case 'removeLocation':
      return removeLocation(within);
    case 'add':
      return addDepartment(within);
    case 'change':
      return changeDepartment(within);
    case 'remove':
      return removeDepartment(within);
  }
}

async function addLocation({ tx, organizationId, location }: Within<'addLocation'>): Promise<void> {
  const { name } = location;
  if ((await tx.location.count({ where: { organizationId, name } })) > 0) throw departmentErrors.nameTaken();
  await tx.location.create({ data: { organizationId, ...location } });
}

async function changeLocation({ tx, organizationId, id, location }: Within<'changeLocation'>): Promise<void> {
  const { name } = location;
  const others = { organizationId, name, id: { not: id } };
  if ((await tx.location.count({ where: others })) > 0) throw departmentErrors.nameTaken();
  const { count } = await tx.location.updateMany({ where: { organizationId, id }, data: { ...location } });
  if (count === 0) throw departmentErrors.noLocation();
}

async function removeLocation({ tx, organizationId, id }: Within<'removeLocation'>): Promise<void> {
  const ofIt = { organizationId, locationId: id };
  const inside = await tx.department.count({ where: ofIt });
  const keptTo = await tx.membershipArea.count({ where: ofIt });
  if (inside + keptTo > 0) throw departmentErrors.inUse();
  const { count } = await tx.location.deleteMany({ where: { organizationId, id } });
  if (count === 0) throw departmentErrors.noLocation();
}

async function addDepartment({ tx, organizationId, locationId, department }: Within<'add'>): Promise<void> {
  const { name } = department;
  if ((await tx.location.count({ where: { organizationId, id: locationId } })) === 0)
    throw departmentErrors.noLocation();
  if ((await tx.department.count({ where: { organizationId, locationId, name } })) > 0)
    throw departmentErrors.nameTaken();
  const { id } = await tx.department.create({ data: { organizationId, locationId, name } });
  await place(tx, organizationId, id, department);
}

async function changeDepartment({ tx, organizationId, id, department }: Within<'change'>): Promise<void> {
  const { name } = department;
  const row = await tx.department.findFirst({ where: { organizationId, id } });
  if (!row) throw departmentErrors.noDepartment();
  const others = { organizationId, locationId: row.locationId, name, id: { not: id } };
  if ((await tx.department.count({ where: others })) > 0) throw departmentErrors.nameTaken();
  await tx.department.updateMany({ where: { organizationId, id }, data: { name } });
  await place(tx, organizationId, id, department);
}

async function removeDepartment({ tx, organizationId, id }: Within<'remove'>): Promise<void> {
  const ofIt = { organizationId, departmentId: id };
  const working = await tx.practitioner.count({ where: { ...ofIt, membership: { status: 'active' } } });
  const keptTo = await tx.membershipArea.count({ where: ofIt });
  if (working + keptTo > 0) throw departmentErrors.inUse();
  // Who has left is on no page, and nobody could move them.
  await tx.practitioner.updateMany({ where: ofIt, data: { departmentId: null } });
  const { count } = await tx.department.deleteMany({ where: { organizationId, id } });
  if (count === 0) throw departmentErrors.noDepartment();
}

/** These work there, and nobody else does any more. */
async function place(
  tx: Prisma.TransactionClient,
  organizationId: string,
  departmentId: string,
  { practitionerIds }: NewDepartment,
): Promise<void> {
  const ids = [...new Set(practitionerIds)];
  await tx.practitioner.updateMany({
    where: { organizationId, departmentId, id: { notIn: ids }, membership: { status: 'active' } },
    data: { departmentId: null },
  });
  const { count } = await tx.practitioner.updateMany({
    where: { organizationId, id: { in: ids } },
    data: { departmentId },
  });
  if (count < ids.length) throw departmentErrors.noDoctor();
}
