import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { Core } from './core/core.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import { createOrganizationDays } from './core/organization-days.repository.ts';
import { createZoneClock } from './core/zone-clock.ts';
import { createAnchoring } from './features/audit/anchors.ts';
import { createRecordAccessRepository } from './features/audit/record-access.repository.ts';
import { createRecordAccessService } from './features/audit/record-access.service.ts';
import { createSealMetrics } from './features/audit/seal-metrics.ts';
import { createSealRepository } from './features/audit/seal.repository.ts';
import { createSealer } from './features/audit/sealer.ts';
import { createSealing, type Sealing } from './features/audit/sealing.ts';
import { createSigningKey } from './features/audit/signing-key.ts';
import { createTrailRepository } from './features/audit/trail.repository.ts';
import { bindTrailEndpoints } from './features/audit/trail.routes.ts';
import { createTrailService } from './features/audit/trail.service.ts';

type SealingParts = Pick<ApiOptions, 'auditSigningKey' | 'auditAnchorEveryMs'> &
  Pick<ApiEdge, 'database' | 'anchors' | 'metrics' | 'clock' | 'log'>;

/** What seals the trail; see ADR 15. */
export function composeSealing(parts: SealingParts): Sealing {
  const { database, metrics, clock, log, anchors: store, auditAnchorEveryMs: anchorEveryMs } = parts;
  const seals = createSealRepository(database);
  createSealMetrics({ metrics, seals, log });
  const key = createSigningKey(parts.auditSigningKey);
  const anchoring = createAnchoring({ store, log });
  const sealer = createSealer({ seals, key, clock, onSeal: (seal) => anchoring.note(seal) });
  return createSealing({ sealer, anchoring, anchorEveryMs, publicKey: key.publicKey, clock, log });
}

type TrailParts = Pick<ApiOptions, 'publicOrigin'> &
  Pick<ApiEdge, 'database' | 'clock'> &
  Pick<Core, 'cipher'>;

/** What people read of the trail. */
export function composeTrail({ publicOrigin, database, clock, cipher }: TrailParts): BoundEndpoint[] {
  const audit = createAuditTrail(database);
  const days = createOrganizationDays({ database, zones: createZoneClock() });
  const trail = createTrailRepository(database);
  const accesses = createRecordAccessRepository({ database, cipher });
  return bindTrailEndpoints({
    trail: createTrailService({ trail, days, audit, clock, place: { publicOrigin } }),
    accesses: createRecordAccessService({ accesses, audit, clock }),
  });
}
