import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { ApiEdge } from './core/edge.ts';
import { createConsentRepository } from './features/consents/consent.repository.ts';
import { bindConsentEndpoints } from './features/consents/consent.routes.ts';
import { createConsentService } from './features/consents/consent.service.ts';
import { createConsentTextRepository } from './features/consents/consent-text.repository.ts';
import { createConsentTextService } from './features/consents/consent-text.service.ts';

/** What patients decide about their own data (see docs/privacy.md). */
export function composePrivacy({ database, clock }: Pick<ApiEdge, 'database' | 'clock'>): BoundEndpoint[] {
  return bindConsentEndpoints({
    consents: createConsentService({ consents: createConsentRepository(database), clock }),
    texts: createConsentTextService({ texts: createConsentTextRepository(database), clock }),
  });
}
