import { loadRecordAccess } from '#lib/features/audit/load-record-access.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({ access: await loadRecordAccess(event) });
