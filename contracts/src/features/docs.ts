import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { NoBody, NoParams, NoQuery } from '../core/values.ts';

export const docsEndpoints = {
  openapi: defineEndpoint({
    method: 'GET',
    path: '/api/openapi.json',
    access: { kind: 'public' },
    summary: 'This description, as OpenAPI 3.1',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.looseObject({ openapi: z.string() }),
    status: 200,
    errors: [],
    limit: 'publicRead',
  }),
} as const;
