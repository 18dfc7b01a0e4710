import type { DepartmentId, Location, LocationId, OrganizationId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';

export interface DepartmentRepository {
  /** By name, as are the departments of each. */
  list(organizationId: OrganizationId): Promise<Location[]>;
}

export function createDepartmentRepository({ prisma }: Pick<Database, 'prisma'>): DepartmentRepository {
  return {
    async list(organizationId) {
      const rows = await prisma.location.findMany({
        where: { organizationId },
        select: {
          id: true,
          name: true,
          departments: { select: { id: true, name: true }, orderBy: { name: 'asc' } },
        },
        orderBy: { name: 'asc' },
      });
      return rows.map(({ id, name, departments }) => ({
        id: id as LocationId,
        name,
        departments: departments.map((one) => ({ ...one, id: one.id as DepartmentId })),
      }));
    },
  };
}
