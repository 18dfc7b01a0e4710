import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { NodeService } from './node.service.ts';

export function bindNodeEndpoints(nodes: Pick<NodeService, 'list'>): BoundEndpoint[] {
  return bindEndpoints(endpoints.nodes, { list: (caller) => nodes.list(caller) });
}
