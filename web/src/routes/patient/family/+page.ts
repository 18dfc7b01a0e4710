import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => {
  const { relatedPersons } = await loadApi(event).call(endpoints.dependants.actingForMe);
  return { helpers: relatedPersons };
};
