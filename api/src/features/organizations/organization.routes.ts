import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { OrganizationService } from './organization.service.ts';

export function bindOrganizationEndpoints(organizations: OrganizationService): BoundEndpoint[] {
  return bindEndpoints(endpoints.organizations, {
    list: async (context) => ({ organizations: await organizations.list(context) }),
    create: async (context, { body }) => ({ id: await organizations.create(context, body) }),
    inviteFirstAdministrator: async (context, { params, body }) => {
      await organizations.inviteFirstAdministrator(context, params.organizationId, body);
      return undefined;
    },
    suspend: async (context, { params, body }) => {
      await organizations.suspend(context, params.organizationId, body.reason);
      return undefined;
    },
    reopen: async (context, { params }) => {
      await organizations.reopen(context, params.organizationId);
      return undefined;
    },
  });
}
