import { endpoints } from '@careconnect/contracts';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = (event) => loadApi(event).call(endpoints.dependants.requests);
