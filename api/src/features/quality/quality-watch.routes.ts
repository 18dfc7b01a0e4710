import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { QualityWatchService } from './quality-watch.service.ts';

export function bindQualityWatchEndpoints(watch: QualityWatchService): BoundEndpoint[] {
  return bindEndpoints(endpoints.qualityWatch, {
    live: (caller, { query }) => watch.live(caller, query),
    list: (caller, { query }) => watch.list(caller, query),
    visit: (caller, { params }) => watch.visit(caller, params.visitId),
    export: (caller, { query }) => watch.export(caller, query),
  });
}
