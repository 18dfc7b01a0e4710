import { endpoints, type RecordAccess } from '@careconnect/contracts';
import type { ListPage } from '#lib/api/all-pages.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

export interface LoadedRecordAccess {
  readonly page: ListPage<RecordAccess>;
  readonly showsOwn: boolean;
  readonly isFirstPage: boolean;
}

export async function loadRecordAccess(event: LoadEvent): Promise<LoadedRecordAccess> {
  const search = event.url.searchParams;
  const showsOwn = search.get('own') === 'shown';
  const cursor = search.get('cursor')?.slice(0, 200);
  const query = { limit: 25, ...(showsOwn && { own: 'shown' as const }), ...(cursor && { cursor }) };
  const page = await loadApi(event).call(endpoints.audit.mine, { query });
  return { page, showsOwn, isFirstPage: !cursor };
}
