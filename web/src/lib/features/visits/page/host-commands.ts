import { endpoints, type Visit, type VisitId } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';

/** What only the doctor of a visit may do with it. */
export interface HostCommands {
  /** Admits the patient, or takes the visit off hold. */
  start(): Promise<Visit>;
  hold(): Promise<Visit>;
  end(): Promise<Visit>;
}

export function createHostCommands(api: ApiClient, visitId: VisitId): HostCommands {
  const params = { visitId };
  return {
    start: () => api.call(endpoints.visits.start, { params }),
    hold: () => api.call(endpoints.visits.hold, { params }),
    end: () => api.call(endpoints.visits.end, { params }),
  };
}
