import { loadPeople } from '#lib/features/people/load-people.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { me } = await event.parent();
  return { people: await loadPeople(event, me) };
};
