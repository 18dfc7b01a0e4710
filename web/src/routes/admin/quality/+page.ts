import { loadWatch } from '#lib/features/quality-watch/load-watch.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({ watch: await loadWatch(event) });
