import { ALL_ROLES } from '@careconnect/contracts';
import { redirect } from '@sveltejs/kit';
import { HOME_OF } from '#lib/session/homes.ts';
import { requireRole } from '#lib/session/page-load.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;

export const load: LayoutLoad = async (event) => {
  const me = await requireRole(event, ALL_ROLES);
  // A guest has no account.
  if (me.isGuest) redirect(303, HOME_OF[me.role]);
  return { me };
};
