import { AppError } from '@careconnect/platform';
import { Router, type Request, type Response } from 'express';
import type { BoundEndpoint } from './bind-endpoint.ts';

type Pipeline = (endpoint: BoundEndpoint) => (request: Request, response: Response) => Promise<void>;

/** A route for every bound endpoint; a known path asked with another method says which ones it has. */
export function createEndpointRouter(endpoints: readonly BoundEndpoint[], pipeline: Pipeline): Router {
  // Strict and case-sensitive: one resource has one address.
  const router = Router({ caseSensitive: true, strict: true });
  const byPath = Map.groupBy(endpoints, ({ contract }) => contract.path);
  for (const path of [...byPath.keys()].sort(fixedPartsFirst)) {
    const route = router.route(path);
    const bound = byPath.get(path) ?? [];
    for (const endpoint of bound) {
      const method = endpoint.contract.method.toLowerCase() as Lowercase<typeof endpoint.contract.method>;
      route[method](pipeline(endpoint));
    }
    const allowed = bound.map(({ contract }) => contract.method).join(', ');
    route.all((_request, response) => {
      response.setHeader('allow', allowed);
      throw new AppError('METHOD_NOT_ALLOWED', `This address answers to ${allowed}.`);
    });
  }
  return router;
}

/** `/visits/today` is asked before `/visits/:visitId` could take it for an id. */
export function fixedPartsFirst(a: string, b: string): number {
  const key = (path: string) => path.replaceAll(/:[A-Za-z]+/g, '\u{10FFFF}');
  return key(a) < key(b) ? -1 : 1;
}
