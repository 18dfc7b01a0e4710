import { loadToday } from '#lib/features/visits/today/load-today.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  return loadToday(event, me);
};
