import type {
  Appointment,
  AppointmentId,
  AppointmentStatus,
  OrganizationId,
  PatientId,
  PractitionerId,
  VisitId,
} from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { FieldCipher } from '../../core/field-cipher.ts';
import type { InstantCursor } from '../../core/instant-cursor.ts';
import type { InvolvementFilter } from '../../core/involvement.ts';

/** Which appointments a list shows; every part that is given narrows it. */
export interface AppointmentFilter {
  /** What the reader may see at all. */
  readonly own: InvolvementFilter;
  /** What they asked for. */
  readonly asked: InvolvementFilter;
  readonly status: AppointmentStatus | undefined;
  readonly from: Date | undefined;
  /** Not part of the span. */
  readonly until: Date | undefined;
  readonly limit: number;
  readonly after: InstantCursor | null;
}

export interface AppointmentRepository {
  find(organizationId: OrganizationId, id: AppointmentId): Promise<Appointment | null>;
  findByKey(organizationId: OrganizationId, idempotencyKey: string): Promise<Appointment | null>;
  /** By start; one row more than `limit` when there is a next page. */
  list(organizationId: OrganizationId, filter: AppointmentFilter): Promise<Appointment[]>;
}

const APPOINTMENT = {
  id: true,
  organizationId: true,
  status: true,
  startsAt: true,
  endsAt: true,
  reason: true,
  patient: { select: { id: true, name: true } },
  practitioner: { select: { id: true, name: true, specialty: true } },
  visit: { select: { id: true, state: true } },
} satisfies Prisma.AppointmentSelect;

type Row = Prisma.AppointmentGetPayload<{ select: typeof APPOINTMENT }>;

export interface AppointmentRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createAppointmentRepository({
  database: { prisma },
  cipher,
}: AppointmentRepositoryDeps): AppointmentRepository {
  const toAppointment = (row: Row): Appointment => {
    // They are made in one statement, and neither is ever deleted.
    if (!row.visit) throw new Error(`appointment ${row.id} has lost its visit`);
    const { patient, practitioner } = row;
    return {
      id: row.id as AppointmentId,
      visitId: row.visit.id as VisitId,
      visitState: row.visit.state,
      status: row.status,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      reason: cipher.decrypt('appointment.reason', row, row.reason),
      patient: { ...patient, id: patient.id as PatientId },
      practitioner: { ...practitioner, id: practitioner.id as PractitionerId },
    };
  };

  return {
    async find(organizationId, id) {
      const row = await prisma.appointment.findFirst({ where: { organizationId, id }, select: APPOINTMENT });
      return row && toAppointment(row);
    },

    async findByKey(organizationId, idempotencyKey) {
      const where = { organizationId, idempotencyKey };
      const row = await prisma.appointment.findFirst({ where, select: APPOINTMENT });
      return row && toAppointment(row);
    },

    async list(organizationId, filter) {
      const rows = await prisma.appointment.findMany({
        where: { organizationId, ...whereOf(filter) },
        select: APPOINTMENT,
        orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
        take: filter.limit + 1,
      });
      return rows.map(toAppointment);
    },
  };
}

function whereOf({
  own,
  asked,
  status,
  from,
  until,
  after,
}: AppointmentFilter): Prisma.AppointmentWhereInput {
  const conditions: Prisma.AppointmentWhereInput[] = [own, asked];
  if (status) conditions.push({ status });
  if (from) conditions.push({ startsAt: { gte: from } });
  if (until) conditions.push({ startsAt: { lt: until } });
  if (after) {
    const { at, id } = after;
    conditions.push({ OR: [{ startsAt: { gt: at } }, { startsAt: at, id: { gt: id } }] });
  }
  return { AND: conditions };
}
