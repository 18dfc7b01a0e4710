import { endpoints, VisitId, type Me, type VisitQuality, type VisitRecord } from '@careconnect/contracts';
import { redirect } from '@sveltejs/kit';
import type { ApiClient } from '#lib/api/client.ts';
import { ApiError } from '#lib/api/api-error.ts';
import { followAddress } from '#lib/session/acting.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { noticeOf, type VisitNotice } from '../page/visit-screen.ts';
import { RequestError } from '../stay/seat/request-error.ts';

export type LoadedRecord =
  | {
      readonly me: Me;
      readonly record: VisitRecord;
      /** Null where it is nothing for this person, or could not be had. */
      readonly quality: VisitQuality | null;
      readonly notice: null;
    }
  | { readonly me: Me; readonly record: null; readonly notice: VisitNotice };

/** What stays of a visit, or the notice that says why it is not here. */
export async function loadRecord(event: LoadEvent, visitId: string): Promise<LoadedRecord> {
  const elsewhere = followAddress(event.url);
  if (elsewhere !== null) redirect(303, elsewhere);
  const api = loadApi(event);
  const me = await api.call(endpoints.auth.me);
  const id = VisitId.safeParse(visitId);
  if (!id.success) return { me, record: null, notice: 'not-found' };
  try {
    const [record, quality] = await Promise.all([
      api.call(endpoints.visits.record, { params: { visitId: id.data } }),
      loadQuality(api, me, id.data),
    ]);
    return { me, record, quality, notice: null };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'UNEXPECTED_ANSWER') throw error;
    return { me, record: null, notice: noticeOf(RequestError.from(error).code) ?? 'broken' };
  }
}

/** The record is whole without it. */
async function loadQuality(api: ApiClient, { role }: Me, visitId: VisitId): Promise<VisitQuality | null> {
  const { get } = endpoints.quality;
  if (!get.access.roles.some((allowed) => allowed === role)) return null;
  return api.call(get, { params: { visitId } }).catch((error: unknown) => {
    if (error instanceof ApiError) return null;
    throw error;
  });
}
