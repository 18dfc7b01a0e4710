import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { EmergencyAccessService } from './emergency-access.service.ts';

export function bindEmergencyAccessEndpoints(accesses: EmergencyAccessService): BoundEndpoint[] {
  return bindEndpoints(endpoints.emergencyAccess, {
    open: (context, { params, body: { category, reason } }) =>
      accesses.open(context, params.patientId, { category, reason }),
    list: (context, { query }) => accesses.list(context, query),
    review: (context, { params, body }) => accesses.review(context, params.emergencyAccessId, body.note),
  });
}
