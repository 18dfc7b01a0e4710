import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { OwnDataService } from './own-data.service.ts';

export function bindOwnDataEndpoints(ownData: OwnDataService): BoundEndpoint[] {
  return bindEndpoints(endpoints.ownData, { export: (context) => ownData.export(context) });
}
