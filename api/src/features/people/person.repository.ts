import type {
  DepartmentId,
  LocationId,
  MembershipId,
  MembershipStatus,
  OrganizationId,
  PatientId,
  Role,
  UserId,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import { personHasWords } from '../../core/name-words.repository.ts';
import { toPage, type Page } from '../../core/page.ts';
import type { ListedMember, Member } from './person.ts';

export interface PersonSearch {
  readonly q: string;
  readonly role: Role | undefined;
  readonly status: MembershipStatus | undefined;
  readonly limit: number;
  readonly after: MembershipId | null;
}

export interface PersonRepository {
  /** By name. Null when the cursor is nobody of this organization. */
  search(organizationId: OrganizationId, search: PersonSearch): Promise<Page<ListedMember> | null>;
  /** Whether somebody of this organization belongs to another as well, in whatever role and state. */
  belongsElsewhere(organizationId: OrganizationId, membershipId: MembershipId): Promise<boolean>;
}

export const MEMBER = {
  id: true,
  userId: true,
  role: true,
  status: true,
  areas: { select: { departmentId: true, locationId: true } },
  user: {
    select: {
      name: true,
      email: true,
      totpCredentials: { where: { confirmedAt: { not: null } }, select: { id: true } },
      passkeys: { select: { id: true }, take: 1 },
      codeFactors: { select: { id: true }, take: 1 },
    },
  },
} satisfies Prisma.MembershipSelect;

const LISTED = {
  ...MEMBER,
  createdAt: true,
  patient: { select: { id: true } },
} satisfies Prisma.MembershipSelect;

export function createPersonRepository({
  prisma,
  tenancy,
}: Pick<Database, 'prisma' | 'tenancy'>): PersonRepository {
  /** When each of these was last here. */
  async function lastSeen(
    organizationId: OrganizationId,
    userIds: string[],
  ): Promise<Map<string, Date | null>> {
    const rows = await prisma.session.groupBy({
      by: ['userId'],
      where: { organizationId, userId: { in: userIds } },
      _max: { lastSeenAt: true },
    });
    return new Map(rows.map(({ userId, _max }) => [userId, _max.lastSeenAt]));
  }

  return {
    async belongsElsewhere(organizationId, membershipId) {
      const person = await prisma.membership.findFirst({
        where: { id: membershipId, organizationId },
        select: { userId: true },
      });
      if (!person) return false;
      const where = { userId: person.userId, organizationId: { not: organizationId } };
      // No organization sees who belongs to another; this tells no more than that somebody does.
      return (await tenancy.runAsSystem(() => prisma.membership.count({ where }))) > 0;
    },

    async search(organizationId, { q, role, status, limit, after }) {
      const last =
        after &&
        (await prisma.membership.findFirst({ where: { organizationId, id: after }, select: MEMBER }));
      if (after && !last) return null;
      const rows = await prisma.membership.findMany({
        where: {
          organizationId,
          ...(role && { role }),
          ...(status && { status }),
          user: { isGuest: false, ...personHasWords(q) },
          ...(last && comesAfter(last.user.name, last.id)),
        },
        select: LISTED,
        orderBy: [{ user: { name: 'asc' } }, { id: 'asc' }],
        take: limit + 1,
      });
      const seen = await lastSeen(
        organizationId,
        rows.map(({ userId }) => userId),
      );
      // An id and not a name: cursors end up in addresses, and addresses in logs.
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => ({
          ...toMember(row),
          patientId: row.patient && (row.patient.id as PatientId),
          lastSeenAt: seen.get(row.userId) ?? null,
          joinedAt: row.createdAt,
        }),
      );
    },
  };
}

function comesAfter(name: string, id: string): Prisma.MembershipWhereInput {
  return { OR: [{ user: { name: { gt: name } } }, { user: { name }, id: { gt: id } }] };
}

export function toMember(row: Prisma.MembershipGetPayload<{ select: typeof MEMBER }>): Member {
  const { id, userId, role, status, areas, user } = row;
  return {
    membershipId: id as MembershipId,
    userId: userId as UserId,
    name: user.name,
    email: user.email,
    role,
    status,
    hasSecondFactor: user.totpCredentials.length + user.passkeys.length + user.codeFactors.length > 0,
    areas: {
      departmentIds: areas.flatMap(({ departmentId }) => (departmentId as DepartmentId | null) ?? []),
      locationIds: areas.flatMap(({ locationId }) => (locationId as LocationId | null) ?? []),
    },
  };
}
