import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { CredentialService } from './credential.service.ts';

export function bindCredentialEndpoints(credentials: CredentialService): BoundEndpoint[] {
  return bindEndpoints(endpoints.credentials, {
    passwordRules: (context) => credentials.passwordRules(context),
    changePassword: async (context, { body }) => {
      await credentials.changePassword(context, body.newPassword);
      return undefined;
    },
    changeEmail: async (context, { body }) => {
      await credentials.changeEmail(context, body.newEmail);
      return undefined;
    },
    confirmEmail: async ({ requestId }, { body }) => {
      await credentials.confirmEmail(body.token, requestId);
      return undefined;
    },
  });
}
