import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { Core } from './core/core.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import { createOwnAccesses } from './features/audit/own-accesses.ts';
import { createTrailRepository } from './features/audit/trail.repository.ts';
import { createConsentRepository } from './features/consents/consent.repository.ts';
import { bindConsentEndpoints } from './features/consents/consent.routes.ts';
import { createConsentService } from './features/consents/consent.service.ts';
import { createConsentTextRepository } from './features/consents/consent-text.repository.ts';
import { createConsentTextService } from './features/consents/consent-text.service.ts';
import { createOwnDataRepository } from './features/own-data/own-data.repository.ts';
import { bindOwnDataEndpoints } from './features/own-data/own-data.routes.ts';
import { createOwnDataService } from './features/own-data/own-data.service.ts';
import { createRetentionRepository } from './features/retention/retention.repository.ts';
import { createRetentionSweep } from './features/retention/retention-sweep.ts';

type PrivacyDeps = Pick<Core, 'database' | 'cipher' | 'clock'> & Pick<ApiOptions, 'publicOrigin'>;

/** What patients decide about their own data, and what they are told of it. */
export function composePrivacy({ database, cipher, clock, publicOrigin }: PrivacyDeps): BoundEndpoint[] {
  const origin = { publicOrigin };
  const trail = createTrailRepository(database);
  return [
    ...bindConsentEndpoints({
      consents: createConsentService({ consents: createConsentRepository(database), clock }),
      texts: createConsentTextService({ texts: createConsentTextRepository(database), clock }),
    }),
    ...bindOwnDataEndpoints(
      createOwnDataService({
        ownData: createOwnDataRepository({ database, cipher }),
        accesses: createOwnAccesses({ trail, place: origin }),
        audit: createAuditTrail(database),
        clock,
        origin,
      }),
    ),
  ];
}

type RetentionDeps = Pick<ApiEdge, 'database' | 'clock' | 'log' | 'metrics'> & Pick<ApiOptions, 'retention'>;

/** What takes away what has run out, now and then. */
export function composeRetention({ database, ...deps }: RetentionDeps): () => Promise<void> {
  return createRetentionSweep({ ...deps, rows: createRetentionRepository(database) });
}
