import { endpoints, VisitId, type Visit, type WatchedQuality } from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

export interface WatchedVisit {
  readonly visit: Visit;
  readonly watched: WatchedQuality;
}

/** Null for one that does not exist, or is another clinic's. */
export async function loadVisitQuality(event: LoadEvent, visitId: string): Promise<WatchedVisit | null> {
  const id = VisitId.safeParse(visitId);
  if (!id.success) return null;
  try {
    return await readVisitQuality(loadApi(event), id.data);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'VISIT_NOT_FOUND') return null;
    throw error;
  }
}

export async function readVisitQuality(api: ApiClient, visitId: VisitId): Promise<WatchedVisit> {
  const params = { visitId };
  const [visit, watched] = await Promise.all([
    api.call(endpoints.visits.get, { params }),
    api.call(endpoints.qualityWatch.visit, { params }),
  ]);
  return { visit, watched };
}
