import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { ChartAccess } from './core/chart-access.ts';
import type { Core } from './core/core.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import { createCorrectionRepository } from './features/corrections/correction.repository.ts';
import { bindCorrectionEndpoints } from './features/corrections/correction.routes.ts';
import { createCorrectionService } from './features/corrections/correction.service.ts';
import { bindDependantEndpoints } from './features/dependants/dependant.routes.ts';
import { createDependantService } from './features/dependants/dependant.service.ts';
import { createNewDependantRepository } from './features/dependants/new-dependant.repository.ts';
import { createRelatedPersonRepository } from './features/dependants/related-person.repository.ts';
import { createEmergencyAccessRepository } from './features/emergency-access/emergency-access.repository.ts';
import { bindEmergencyAccessEndpoints } from './features/emergency-access/emergency-access.routes.ts';
import { createEmergencyAccessService } from './features/emergency-access/emergency-access.service.ts';
import { createEmergencyNotice } from './features/emergency-access/emergency-notice.ts';
import { createPatientRepository } from './features/patients/patient.repository.ts';
import { bindPatientEndpoints } from './features/patients/patient.routes.ts';
import { createPatientService } from './features/patients/patient.service.ts';

/** The patients of an organization, and how a chart is opened that is closed. */
export function composePatients(
  { database, cipher, contacts, background, clock }: Core,
  charts: ChartAccess,
  { publicOrigin, mailer }: Pick<ApiOptions, 'publicOrigin'> & Pick<ApiEdge, 'mailer'>,
): BoundEndpoint[] {
  const patients = createPatientRepository({ database, cipher, contacts });
  return [
    ...bindPatientEndpoints(createPatientService({ patients, charts, clock })),
    ...bindCorrectionEndpoints(
      createCorrectionService({
        corrections: createCorrectionRepository({ database, cipher, contacts }),
        charts,
        clock,
      }),
    ),
    ...bindDependantEndpoints(
      createDependantService({
        relations: createRelatedPersonRepository(database),
        newcomers: createNewDependantRepository(database),
        audit: createAuditTrail(database),
        clock,
      }),
    ),
    ...bindEmergencyAccessEndpoints(
      createEmergencyAccessService({
        accesses: createEmergencyAccessRepository({ database, cipher }),
        notice: createEmergencyNotice({ mailer, background, publicOrigin }),
        audit: createAuditTrail(database),
        clock,
      }),
    ),
  ];
}
