import { loadOverview } from '#lib/features/visit-list/load-overview.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  return { overview: await loadOverview(event, me) };
};
