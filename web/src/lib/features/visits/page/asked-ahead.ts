import { buildPath, endpoints } from '@careconnect/contracts';

const VISIT_ROUTE = '/visit/[visitId]';

/**
 * What a page asks the API before it can show anything, as a `Link` header of its document: the answers are on their
 * way while the browser still reads the page's code. Null where nothing is known to be asked, or would only be refused.
 */
export function askedAhead(
  routeId: string | null,
  visitId: string | undefined,
  hasSession: boolean,
  isForAnother = false,
): string | null {
  if (routeId !== VISIT_ROUTE || visitId === undefined || !hasSession) return null;
  // `crossorigin` makes them the requests that `fetch` makes; a browser takes no others for the same.
  // Whom somebody acts for stands in a header, which these have not.
  const asked = isForAnother ? [endpoints.auth.me] : [endpoints.auth.me, endpoints.visits.get];
  return asked
    .map(({ path }) => `<${buildPath(path, { visitId })}>; rel="preload"; as="fetch"; crossorigin`)
    .join(', ');
}
