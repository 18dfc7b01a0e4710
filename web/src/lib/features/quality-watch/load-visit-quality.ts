import { endpoints, VisitId, type WatchedQuality } from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** Null for one that does not exist, or is another clinic's. */
export async function loadVisitQuality(event: LoadEvent, visitId: string): Promise<WatchedQuality | null> {
  const id = VisitId.safeParse(visitId);
  if (!id.success) return null;
  try {
    return await readVisitQuality(loadApi(event), id.data);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'VISIT_NOT_FOUND') return null;
    throw error;
  }
}

export function readVisitQuality(api: ApiClient, visitId: VisitId): Promise<WatchedQuality> {
  return api.call(endpoints.qualityWatch.visit, { params: { visitId } });
}
