import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { InvitationService } from './invitation.service.ts';

export function bindInvitationEndpoints(invitations: InvitationService): BoundEndpoint[] {
  return bindEndpoints(endpoints.invitations, {
    list: async (context) => ({ invitations: await invitations.list(context) }),
    create: async (context, { body: { email, name, ...post } }) => {
      await invitations.create(context, { email, name, post });
      return undefined;
    },
    cancel: async (context, { params }) => {
      await invitations.cancel(context, params.invitationId);
      return undefined;
    },
    check: (_context, { body }) => invitations.check(body.token),
    accept: async ({ ip, requestId }, { body: { token, name, password } }) => {
      await invitations.accept({ token, name, password, ip, requestId });
      return undefined;
    },
  });
}
