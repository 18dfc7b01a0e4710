import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createAuditTrail } from './audit-trail.repository.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
});
afterAll(() => api.close());

test('a row that the database refuses takes no row of anybody else with it', async () => {
  const trail = createAuditTrail(api.database);
  const row = (count: number | string) => ({
    subject: { organizationId: randomUUID(), userId: null, role: 'service:signaling' },
    action: 'queue.read' as const,
    entityType: 'practitioner',
    entityId: null,
    patientId: null,
    detail: { count },
    requestId: 'crowd',
    at: api.clock.now(),
  });
  // U+0000 cannot be part of any text in PostgreSQL.
  const appended = await Promise.allSettled(
    [1, 2, 'a\u0000b', 4, 5].map((count) => trail.append(row(count))),
  );
  expect(appended.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  const stored = await api.database.prisma.auditEvent.findMany({ where: { requestId: 'crowd' } });
  expect(stored.map(({ detail }) => (detail as { count: number }).count).sort()).toEqual([1, 2, 4, 5]);
});
