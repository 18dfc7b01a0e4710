import { loadTrail } from '#lib/features/audit/load-trail.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({ trail: await loadTrail(event) });
