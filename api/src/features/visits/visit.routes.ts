import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { VisitOpeningService } from './visit-opening.service.ts';
import type { VisitService } from './visit.service.ts';

export interface VisitRoutesDeps {
  readonly visits: VisitService;
  readonly openings: VisitOpeningService;
}

export function bindVisitEndpoints({ visits, openings }: VisitRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(endpoints.visits, {
    list: (caller, { query }) => visits.list(caller, query),
    today: (caller, { query }) => visits.today(caller, query.practitionerId),
    get: (caller, { params }) => visits.get(caller, params.visitId),
    record: (caller, { params }) => visits.record(caller, params.visitId),
    recordMessages: (caller, { params, query }) =>
      visits.recordMessages(caller, params.visitId, query.afterSequence),
    create: (caller, { body: { patientId, practitionerId, reason = null, idempotencyKey } }) =>
      openings.open(caller, { patientId, practitionerId, reason, idempotencyKey }),
    start: (caller, { params }) => visits.conduct(caller, params.visitId, 'start'),
    hold: (caller, { params }) => visits.conduct(caller, params.visitId, 'hold'),
    end: (caller, { params }) => visits.conduct(caller, params.visitId, 'end'),
    cancel: (caller, { params }) => visits.cancel(caller, params.visitId),
  });
}
