import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import { createOpenApiDocument } from './openapi.ts';

export function bindDocsEndpoints(): BoundEndpoint[] {
  const document = createOpenApiDocument();
  return bindEndpoints(endpoints.docs, { openapi: async () => document });
}
