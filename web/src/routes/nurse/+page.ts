import { loadDeskDay } from '#lib/features/schedule/load-desk-day.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  return { desk: await loadDeskDay(event, me) };
};
