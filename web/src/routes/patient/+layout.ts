import { loadActing } from '#lib/features/dependants/load-acting.ts';
import { requireRole } from '#lib/session/page-load.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;

export const load: LayoutLoad = async (event) => {
  const me = await requireRole(event, ['patient']);
  return { me, acting: await loadActing(event, me) };
};
