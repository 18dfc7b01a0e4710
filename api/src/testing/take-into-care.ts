import { randomUUID } from 'node:crypto';
import type { Database } from '@careconnect/prisma';
import type { Clinic } from './a-clinic.ts';
import { TEST_START } from './test-clock.ts';

/** The clinic's doctor has had a visit with its patient, so that she may read the record. */
export async function takeIntoCare({ prisma }: Pick<Database, 'prisma'>, clinic: Clinic): Promise<void> {
  const { organizationId, practitionerId, patientId } = clinic;
  const at = new Date(TEST_START);
  await prisma.visit.create({
    data: {
      ...{ organizationId, practitionerId, patientId, idempotencyKey: randomUUID() },
      ...{ state: 'ended', origin: 'walk_in', createdAt: at, startedAt: at, endedAt: at },
    },
  });
}
