import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { SecurityPolicyService } from './security-policy.service.ts';

export function bindSecurityPolicyEndpoints(policies: SecurityPolicyService): BoundEndpoint[] {
  return bindEndpoints(endpoints.securityPolicy, {
    get: (context) => policies.get(context),
    put: (context, { body }) => policies.replace(context, body),
  });
}
