import { loadPeople } from '#lib/features/people/load-people.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({ people: await loadPeople(event) });
