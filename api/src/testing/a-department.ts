import { randomUUID } from 'node:crypto';
import type { DepartmentId, LocationId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';

export interface TestDepartment {
  readonly locationId: LocationId;
  readonly departmentId: DepartmentId;
}

/** A department of its own, in a location of its own unless told. */
export async function makeDepartment(
  { prisma }: Pick<Database, 'prisma'>,
  organizationId: string,
  at?: LocationId,
): Promise<TestDepartment> {
  const name = `Ward ${randomUUID().slice(0, 8)}`;
  const place = { organizationId, name, address: '1 Canal Road' };
  const locationId = at ?? ((await prisma.location.create({ data: place })).id as LocationId);
  const { id } = await prisma.department.create({ data: { organizationId, locationId, name } });
  return { locationId, departmentId: id as DepartmentId };
}
