import { endpoints, type TrailEntry } from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import type { ListPage } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { readTrailQuery, type TrailQuery } from './trail-query.ts';

export interface LoadedTrail {
  readonly query: TrailQuery;
  readonly page: ListPage<TrailEntry>;
  /** A name fits so many people that none are shown. */
  readonly isNameTooShort: boolean;
}

const NOTHING = { items: [], nextCursor: null };

export async function loadTrail(event: LoadEvent): Promise<LoadedTrail> {
  const query = readTrailQuery(event.url.searchParams);
  try {
    const page = await loadApi(event).call(endpoints.audit.list, { query: { ...query, limit: 50 } });
    return { query, page, isNameTooShort: false };
  } catch (error) {
    if (!isNameTooShort(error)) throw error;
    return { query, page: NOTHING, isNameTooShort: true };
  }
}

function isNameTooShort(error: unknown): boolean {
  return (
    error instanceof ApiError && error.issues.some(({ path }) => path === 'person' || path === 'patient')
  );
}
