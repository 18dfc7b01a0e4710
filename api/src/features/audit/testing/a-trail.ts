import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { PoolClient } from 'pg';
import type { Anchor } from '../../../core/anchor-store.ts';
import { makeOrganization, type Clinic } from '../../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../../testing/test-api.ts';
import { wordsOf } from '../fault-words.ts';
import { createSigningKey, createVerifyingKey } from '../signing-key.ts';
import type { Fault } from '../verification.ts';
import { createVerificationRepository } from '../verification.repository.ts';
import { verifyTrail, type Verdict } from '../verify-trail.ts';

/** A clinic with a trail, and somebody who gets past what keeps it. */
export interface TrailScene {
  readonly api: TestApi;
  readonly clinic: Clinic;
  /** May do everything in the database, past its triggers. */
  readonly intruder: PoolClient;
  writeRows(organizationId: string, count: number): Promise<unknown>;
  verify(organizationId: string, anchors?: readonly Anchor[]): Promise<Verdict & { faults: Fault[] }>;
  close(): Promise<void>;
}

export async function startTrailScene(postgresUrl: string): Promise<TrailScene> {
  const api = await startTestApi({ postgresUrl });
  const clinic = await makeOrganization(api.database);
  const intruder = await api.database.pool.connect();
  await intruder.query('SET session_replication_role = replica');
  const keys = [createVerifyingKey(createSigningKey(api.auditSigningKey).publicKey)];

  return {
    api,
    clinic,
    intruder,
    writeRows: (organizationId, count) =>
      api.database.prisma.auditEvent.createMany({
        data: Array.from({ length: count }, () => ({
          organizationId,
          actorUserId: clinic.members.doctor.userId,
          actorRole: 'doctor',
          action: 'patient.read',
          entityType: 'patient',
          entityId: clinic.patientId,
          patientId: clinic.patientId,
          requestId: randomUUID(),
          at: api.clock.now(),
        })),
      }),

    async verify(organizationId, anchors = api.anchors) {
      const faults: Fault[] = [];
      const trail = createVerificationRepository(api.database);
      const onFault = (fault: Fault) => void faults.push(fault);
      const verdict = await verifyTrail({ trail, organizationId, keys, anchors, onFault });
      for (const fault of faults) expect(wordsOf(fault)).toMatch(/\w/);
      return { ...verdict, faults };
    },

    async close() {
      // No request may come by a connection without triggers.
      intruder.release(true);
      await api.close();
    },
  };
}
