import { endpoints, VisitId, type Me, type Visit } from '@careconnect/contracts';
import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/api-error.ts';
import { actingFor, followAddress } from '#lib/session/acting.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { noticeOf, type VisitNotice } from './visit-screen.ts';
import { loadRouterDevice, type RouterDevice } from '../stay/encoding/router-device.ts';
import { RequestError } from '../stay/seat/request-error.ts';

export type LoadedVisit =
  | {
      readonly me: Me;
      readonly visit: Visit;
      readonly notice: null;
      readonly device: Promise<RouterDevice | null>;
    }
  | { readonly me: Me; readonly visit: null; readonly notice: VisitNotice };

/** The visit of a link and who opened it, or the notice that says why not. */
export async function loadVisit(event: LoadEvent, visitId: string): Promise<LoadedVisit> {
  const elsewhere = followAddress(event.url);
  if (elsewhere !== null) redirect(303, elsewhere);
  const api = loadApi(event);
  const id = VisitId.safeParse(visitId);
  const asked = id.success ? api.call(endpoints.visits.get, { params: { visitId: id.data } }) : null;
  // The browser takes its time for it, so it begins now.
  const device = loadRouterDevice();
  // Both at once; whoever is signed out hears so of the question who they are.
  asked?.catch(() => undefined);
  const me = await api.call(endpoints.auth.me);
  if (!asked) return { me, visit: null, notice: 'not-found' };
  try {
    const visit = await asked;
    if (visit.state === 'ended' || visit.state === 'summarised') redirect(303, `/visit/${visit.id}/record`);
    if (!isSeated(me, visit)) return { me, visit: null, notice: 'not-yours' };
    return { me, visit, notice: null, device };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'UNEXPECTED_ANSWER') throw error;
    const notice = noticeOf(RequestError.from(error).code);
    if (notice === null || notice === 'broken') throw error;
    return { me, visit: null, notice };
  }
}

/** The desk may read a visit, but only its patient and its doctor have a seat. */
function isSeated(me: Me, visit: Visit): boolean {
  return (
    [me.patientId, actingFor()].includes(visit.patient.id) || me.practitionerId === visit.practitioner.id
  );
}
