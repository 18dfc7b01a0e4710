import { loadWalkIn } from '#lib/features/visits/walk-in/load-walk-in.ts';
import type { PageLoad } from './$types';

// Who is signed in is known to the browser alone.
export const ssr = false;

export const load: PageLoad = (event) => loadWalkIn(event, event.params.slug);
