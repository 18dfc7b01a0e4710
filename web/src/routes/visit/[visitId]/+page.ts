import { loadVisit } from '#lib/features/visits/page/load-visit.ts';
import type { PageLoad } from './$types';

// Cameras, sockets and what this tab remembers live in the browser alone.
export const ssr = false;

export const load: PageLoad = (event) => loadVisit(event, event.params.visitId);
