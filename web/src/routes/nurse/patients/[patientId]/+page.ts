import { loadChart } from '#lib/features/patients/load-chart.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async (event) => ({ chart: await loadChart(event, event.params.patientId) });
