import type {
  OrganizationId,
  PractitionerId,
  Provider,
  UserId,
  WalkInProvider,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';

export type StoredProvider = Omit<Provider, 'nextFreeAt'>;

/** The doctor behind a walk-in link, as the entrance needs them. */
export interface WalkInDoctor {
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
  readonly userId: UserId;
  readonly isOpen: boolean;
  /** Their organization is. */
  readonly isSuspended: boolean;
}

export interface ProviderRepository {
  /** By name; `search` is a part of a name or specialty. */
  list(organizationId: OrganizationId, search: string | undefined): Promise<StoredProvider[]>;
  find(organizationId: OrganizationId, practitionerId: PractitionerId): Promise<StoredProvider | null>;
  findWalkInPage(slug: string): Promise<WalkInProvider | null>;
  findWalkInDoctor(slug: string): Promise<WalkInDoctor | null>;
}

const PROVIDER = {
  id: true,
  name: true,
  specialty: true,
  languages: true,
  bio: true,
  walkInSlug: true,
  isWalkInOpen: true,
  timeZone: true,
} satisfies Prisma.PractitionerSelect;

/** Whoever is suspended, has gone or does something else now is not offered; their visits stay. */
const WORKS_HERE = {
  membership: { status: 'active', role: 'doctor' },
} satisfies Prisma.PractitionerWhereInput;

/** Whoever has said that they leave takes no place, here as in the queue. */
const WAITING = {
  state: 'waiting',
  seats: { none: { seatRole: 'patient', hasLeft: true } },
} satisfies Prisma.VisitWhereInput;

export function createProviderRepository({ prisma }: Pick<Database, 'prisma'>): ProviderRepository {
  return {
    async list(organizationId, search) {
      // A percent sign that somebody types is a percent sign.
      const part = search?.replaceAll(/[\\%_]/g, String.raw`\$&`);
      const contains = part ? ({ contains: part, mode: 'insensitive' } as const) : null;
      const rows = await prisma.practitioner.findMany({
        where: {
          organizationId,
          ...WORKS_HERE,
          ...(contains && { OR: [{ name: contains }, { specialty: contains }] }),
        },
        select: PROVIDER,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toProvider);
    },

    async find(organizationId, practitionerId) {
      const row = await prisma.practitioner.findFirst({
        where: { organizationId, id: practitionerId, ...WORKS_HERE },
        select: PROVIDER,
      });
      return row && toProvider(row);
    },

    async findWalkInPage(slug) {
      const row = await prisma.practitioner.findFirst({
        where: { walkInSlug: slug, ...WORKS_HERE },
        select: {
          ...PROVIDER,
          organization: { select: { name: true } },
          _count: { select: { visits: { where: WAITING } } },
        },
      });
      if (!row) return null;
      const { name, specialty, languages, walkInSlug, isWalkInOpen } = row;
      const { organization, _count } = row;
      return {
        id: row.id as PractitionerId,
        name,
        specialty,
        languages,
        walkInSlug,
        isWalkInOpen,
        organizationName: organization.name,
        waitingCount: _count.visits,
      };
    },

    async findWalkInDoctor(slug) {
      const row = await prisma.practitioner.findFirst({
        where: { walkInSlug: slug, ...WORKS_HERE },
        include: { organization: { select: { suspendedAt: true } } },
      });
      return (
        row && {
          organizationId: row.organizationId as OrganizationId,
          practitionerId: row.id as PractitionerId,
          userId: row.userId as UserId,
          isOpen: row.isWalkInOpen,
          isSuspended: row.organization.suspendedAt !== null,
        }
      );
    },
  };
}

function toProvider(row: Prisma.PractitionerGetPayload<{ select: typeof PROVIDER }>): StoredProvider {
  return { ...row, id: row.id as PractitionerId };
}
