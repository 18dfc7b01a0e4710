import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { ProviderService } from './provider.service.ts';

export function bindProviderEndpoints(providers: ProviderService): BoundEndpoint[] {
  return bindEndpoints(endpoints.providers, {
    list: async (caller, { query }) => ({ items: await providers.list(caller, query.q) }),
    get: (caller, { params }) => providers.get(caller, params.providerId),
    availability: (caller, { params, query }) =>
      providers.availability(caller, params.providerId, query.from, query.to),
    walkIn: (_context, { params }) => providers.walkInPage(params.slug),
  });
}
