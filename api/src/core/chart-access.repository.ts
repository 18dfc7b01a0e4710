import type { EmergencyAccessId, PatientId } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import type { ChartAccessRepository } from './chart-access.ts';
import type { FieldCipher } from './field-cipher.ts';

export interface ChartAccessRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createChartAccessRepository({
  database: { prisma },
  cipher,
}: ChartAccessRepositoryDeps): ChartAccessRepository {
  return {
    async latestEncounters({ organizationId, practitionerIds }, patientIds) {
      const withThem =
        practitionerIds === null
          ? Prisma.empty
          : Prisma.sql`AND practitioner_id = ANY(${[...practitionerIds]}::uuid[])`;
      const rows = await prisma.$queryRaw<{ patientId: PatientId; at: Date }[]>`
        SELECT patient_id AS "patientId", max(at) AS at
          FROM (SELECT patient_id, listed_at AS at FROM visit
                 WHERE organization_id = ${organizationId}::uuid ${withThem}
                   AND patient_id = ANY(${patientIds}::uuid[]) AND state <> 'cancelled'
                 UNION ALL
                SELECT patient_id, starts_at FROM appointment
                 WHERE organization_id = ${organizationId}::uuid ${withThem}
                   AND patient_id = ANY(${patientIds}::uuid[]) AND status <> 'cancelled') AS encounter
         GROUP BY patient_id`;
      return new Map(rows.map(({ patientId, at }) => [patientId, at]));
    },

    async emergencyInForce({ organizationId, practitionerId }, patientId, at) {
      const row = await prisma.emergencyAccess.findFirst({
        where: { organizationId, practitionerId, patientId, expiresAt: { gt: at } },
      });
      if (!row) return null;
      const { category, openedAt, expiresAt } = row;
      const reason = cipher.decrypt('emergency_access.reason', row, row.reason);
      return { id: row.id as EmergencyAccessId, category, reason, openedAt, expiresAt };
    },
  };
}
