import {
  endpoints,
  PatientId,
  type ErrorCode,
  type Patient,
  type PatientIdentity,
  type Visit,
} from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { ApiError } from '#lib/api/api-error.ts';
import type { ListPage } from '#lib/api/all-pages.ts';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

export interface OpenChart {
  readonly patient: Patient;
  /** All of them under emergency access, else those with the doctor who looks, or with those whom somebody works for. */
  readonly visits: ListPage<Visit>;
}

export interface LoadedChart {
  readonly identity: PatientIdentity;
  /** Null where it is closed to whoever asks. */
  readonly open: OpenChart | null;
}

const VISITS_SHOWN = 50;
/** To a doctor, and to somebody who works for departments. */
const CLOSED: ReadonlySet<string> = new Set<ErrorCode>(['CARE_RELATION_NEEDED', 'FORBIDDEN']);

/** The chart of the patient whose id stands in the address. */
export async function loadChart(event: LoadEvent, patientId: string): Promise<LoadedChart> {
  const id = PatientId.safeParse(patientId);
  if (!id.success) error(404, m.missing_title());
  const api = loadApi(event);
  const params = { patientId: id.data };
  const identity = await api.call(endpoints.patients.identify, { params });
  if (!identity.isInCare && !identity.emergencyAccess) return { identity, open: null };
  try {
    const patient = await api.call(endpoints.patients.get, { params });
    const query = { ...params, limit: VISITS_SHOWN };
    return { identity, open: { patient, visits: await api.call(endpoints.visits.list, { query }) } };
  } catch (refusal) {
    // It has closed meanwhile.
    if (refusal instanceof ApiError && CLOSED.has(refusal.code)) return { identity, open: null };
    throw refusal;
  }
}
