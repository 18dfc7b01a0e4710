import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { SecondFactorService } from './second-factor.service.ts';

export function bindSecondFactorEndpoints(factors: SecondFactorService): BoundEndpoint[] {
  return bindEndpoints(endpoints.secondFactor, {
    get: (context) => factors.get(context),
    beginTotp: (context) => factors.beginTotp(context),
    confirmTotp: (context, { body }) => factors.confirmTotp(context, body.code),
    removeTotp: async (context) => {
      await factors.removeTotp(context);
      return undefined;
    },
    renewRecoveryCodes: (context) => factors.renewRecoveryCodes(context),
  });
}
