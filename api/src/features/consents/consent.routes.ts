import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { ConsentService } from './consent.service.ts';
import type { ConsentTextService } from './consent-text.service.ts';

export interface ConsentRoutesDeps {
  readonly consents: ConsentService;
  readonly texts: ConsentTextService;
}

export function bindConsentEndpoints({ consents, texts }: ConsentRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(endpoints.consents, {
    mine: async (context) => ({ consents: await consents.mine(context) }),
    give: async (context, { body }) => ({ consents: await consents.give(context, body) }),
    withdraw: async (context, { body }) => ({ consents: await consents.withdraw(context, body.kind) }),
    texts: async (context) => ({ texts: await texts.list(context) }),
    publish: (context, { body }) => texts.publish(context, body),
  });
}
