import { endpoints, VisitId } from '@careconnect/contracts';
import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi } from '#lib/session/page-load.ts';
import type { PageLoad } from './$types';

/** A waiting room names visits; whoever opens one here wants the chart of its patient. */
export const load: PageLoad = async (event) => {
  const id = VisitId.safeParse(event.params.visitId);
  if (!id.success) error(404, m.missing_title());
  const { patient } = await loadApi(event).call(endpoints.visits.get, { params: { visitId: id.data } });
  redirect(303, `/nurse/patients/${patient.id}`);
};
