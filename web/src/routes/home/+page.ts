import { endpoints } from '@careconnect/contracts';
import { redirect } from '@sveltejs/kit';
import { HOME_OF } from '#lib/session/homes.ts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const ssr = false;

/** Everyone's own beginning. */
export const load: PageLoad = async (event) => {
  const me = await loadApi(event).call(endpoints.auth.me);
  redirect(303, HOME_OF[me.role]);
};
