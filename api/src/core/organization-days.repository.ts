import type { OrganizationId } from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import { toEpochDay, type ZoneClock } from './zone-clock.ts';

export interface DaySpan {
  readonly from: Date | undefined;
  /** Not part of the span. */
  readonly until: Date | undefined;
}

/** Calendar days (`YYYY-MM-DD`) as an organization's own time zone has them. */
export interface OrganizationDays {
  /** From the first instant of one day to the last of the other; either may be left open. */
  span(organizationId: OrganizationId, from?: string, to?: string): Promise<DaySpan>;
}

export interface OrganizationDaysDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly zones: ZoneClock;
}

export function createOrganizationDays({
  database: { prisma },
  zones,
}: OrganizationDaysDeps): OrganizationDays {
  return {
    async span(organizationId, from, to) {
      if (from === undefined && to === undefined) return { from: undefined, until: undefined };
      const { timeZone } = await prisma.organization.findFirstOrThrow({
        where: { id: organizationId },
        select: { timeZone: true },
      });
      const startOf = (day: number) => new Date(zones.firstInstantAt(timeZone, day, 0));
      return {
        from: from === undefined ? undefined : startOf(toEpochDay(from)),
        until: to === undefined ? undefined : startOf(toEpochDay(to) + 1),
      };
    },
  };
}
