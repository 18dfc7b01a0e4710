import { loadAccesses } from '#lib/features/emergency-access/load-accesses.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({ accesses: await loadAccesses(event) });
