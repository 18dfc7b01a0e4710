import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { CorrectionService } from './correction.service.ts';

export function bindCorrectionEndpoints(corrections: CorrectionService): BoundEndpoint[] {
  return bindEndpoints(endpoints.corrections, {
    make: (context, { params, body }) => corrections.correct(context, params.patientId, body.changes),
    list: async (context, { params }) => ({
      corrections: await corrections.list(context, params.patientId),
    }),
  });
}
