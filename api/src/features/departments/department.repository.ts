import type {
  DepartmentId,
  DividedOrganization,
  LocationId,
  OrganizationId,
  PractitionerId,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';

export interface DepartmentRepository {
  /** By name, as are the departments of each and the doctors there. */
  list(organizationId: OrganizationId): Promise<DividedOrganization>;
}

const BY_NAME = { orderBy: { name: 'asc' } } as const;
const DOCTORS = {
  where: { membership: { status: 'active' } },
  select: { id: true, name: true },
  ...BY_NAME,
} as const;

export function createDepartmentRepository({ prisma }: Pick<Database, 'prisma'>): DepartmentRepository {
  return {
    async list(organizationId) {
      const departments = { select: { id: true, name: true, practitioners: DOCTORS }, ...BY_NAME };
      const rows = await prisma.location.findMany({
        where: { organizationId },
        select: { id: true, name: true, address: true, departments },
        ...BY_NAME,
      });
      const placeless = await prisma.practitioner.findMany({
        ...DOCTORS,
        where: { ...DOCTORS.where, organizationId, departmentId: null },
      });
      return {
        locations: rows.map(({ id, departments: inside, ...row }) => ({
          ...row,
          id: id as LocationId,
          departments: inside.map(({ id: departmentId, name, practitioners }) => ({
            id: departmentId as DepartmentId,
            name,
            doctors: practitioners.map(toDoctor),
          })),
        })),
        withoutDepartment: placeless.map(toDoctor),
      };
    },
  };
}

function toDoctor({ id, name }: { readonly id: string; readonly name: string }) {
  return { id: id as PractitionerId, name };
}
