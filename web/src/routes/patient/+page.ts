import { loadHome } from '#lib/features/patient-home/load-home.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  return { home: await loadHome(event, me) };
};
