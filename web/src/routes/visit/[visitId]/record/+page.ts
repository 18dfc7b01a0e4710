import { loadRecord } from '#lib/features/visits/record/load-record.ts';
import type { PageLoad } from './$types';

export const ssr = false;

export const load: PageLoad = (event) => loadRecord(event, event.params.visitId);
