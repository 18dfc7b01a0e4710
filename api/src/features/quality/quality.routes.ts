import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { QualityService } from './quality.service.ts';

export function bindQualityEndpoints(quality: QualityService): BoundEndpoint[] {
  return bindEndpoints(endpoints.quality, {
    get: (caller, { params }) => quality.ofVisit(caller, params.visitId),
  });
}
