import { requireRole } from '#lib/session/page-load.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;

export const load: LayoutLoad = async (event) => ({ me: await requireRole(event, ['nurse']) });
