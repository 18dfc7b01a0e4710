import {
  endpoints,
  type EndpointResponse,
  type GradedVisit,
  type LiveQuality,
  type Provider,
} from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import type { ApiClient } from '#lib/api/client.ts';
import type { ListPage } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { liveFilter, readWatchQuery, type WatchQuery } from './watch-query.ts';

export type NodeList = EndpointResponse<typeof endpoints.nodes.list>;

/** What changes by itself. */
export interface Watched {
  readonly live: LiveQuality;
  /** Null for those who do not run the installation. */
  readonly nodes: NodeList | null;
}

export interface LoadedWatch {
  readonly query: WatchQuery;
  readonly watched: Watched;
  readonly past: ListPage<GradedVisit>;
  readonly providers: readonly Provider[];
}

export async function loadWatch(event: LoadEvent): Promise<LoadedWatch> {
  const api = loadApi(event);
  const query = readWatchQuery(event.url.searchParams);
  const [watched, past, providers] = await Promise.all([
    readWatched(api, query, true),
    api.call(endpoints.qualityWatch.list, { query: { ...query, limit: 25 } }),
    api.call(endpoints.providers.list),
  ]);
  return { query, watched, past, providers: providers.items };
}

/** @param seesNodes false once it is known that they are not for this person */
export async function readWatched(api: ApiClient, query: WatchQuery, seesNodes: boolean): Promise<Watched> {
  const [live, nodes] = await Promise.all([
    api.call(endpoints.qualityWatch.live, { query: liveFilter(query) }),
    seesNodes ? readNodes(api) : null,
  ]);
  return { live, nodes };
}

async function readNodes(api: ApiClient): Promise<NodeList | null> {
  return api.call(endpoints.nodes.list).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'FORBIDDEN') return null;
    throw error;
  });
}
