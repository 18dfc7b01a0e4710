import { loadVisitQuality } from '#lib/features/quality-watch/load-visit-quality.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({
  watched: await loadVisitQuality(event, event.params.visitId),
});
