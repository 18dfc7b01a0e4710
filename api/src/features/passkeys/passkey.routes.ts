import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { DeliverSession } from '../../core/deliver-session.ts';
import type { PasskeySignInService } from '../auth/passkey-sign-in.service.ts';
import type { PasskeyService } from './passkey.service.ts';

export interface PasskeyRoutesDeps {
  readonly passkeys: PasskeyService;
  readonly signIns: PasskeySignInService;
  readonly deliver: DeliverSession;
}

export function bindPasskeyEndpoints({ passkeys, signIns, deliver }: PasskeyRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(endpoints.passkeys, {
    list: (context) => passkeys.list(context),
    beginRegistration: (context) => passkeys.beginRegistration(context),
    finishRegistration: (context, { body }) => passkeys.finishRegistration(context, body),
    rename: (context, { params, body }) => passkeys.rename(context, params.passkeyId, body.name),
    remove: async (context, { params }) => {
      await passkeys.remove(context, params.passkeyId);
      return undefined;
    },
    beginConfirmation: (context) => passkeys.beginConfirmation(context),
    beginSecondStep: (_context, { body }) => signIns.beginSecondStep(body.challenge),
    beginSignIn: () => signIns.begin(),
    finishSignIn: async ({ ip, userAgent, requestId, setCookies }, { body }) => {
      const { assertion, organizationId, tokenDelivery } = body;
      const opened = await signIns.finish({ assertion, organizationId, ip, userAgent, requestId });
      return deliver(opened, tokenDelivery, setCookies);
    },
  });
}
