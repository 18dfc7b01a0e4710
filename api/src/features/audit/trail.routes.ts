import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { RecordAccessService } from './record-access.service.ts';
import type { TrailService } from './trail.service.ts';

export function bindTrailEndpoints(parts: {
  trail: TrailService;
  accesses: RecordAccessService;
}): BoundEndpoint[] {
  const { trail, accesses } = parts;
  return bindEndpoints(endpoints.audit, {
    list: (caller, { query }) => trail.list(caller, query),
    exportTable: (caller, { query }) => trail.exportTable(caller, query),
    exportFhir: (caller, { query }) => trail.exportFhir(caller, query),
    mine: (caller, { query }) => accesses.mine(caller, query),
  });
}
