import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import type { Origin } from './fhir-basic.ts';
import { bundleOf, ownResources } from './own-data-bundle.ts';
import { ownDataErrors } from './own-data.errors.ts';
import type { OwnDataRepository } from './own-data.repository.ts';
import type { DataOwner } from './own-data.ts';

export interface OwnDataServiceDeps {
  readonly ownData: OwnDataRepository;
  /** What was done with their record, and what they did themselves, as FHIR AuditEvents. */
  readonly accesses: (owner: DataOwner) => AsyncIterable<FhirResource>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly origin: Origin;
}

export interface OwnDataService {
  /** A FHIR bundle in pieces, as they are made. It is on record before the first of them. */
  export(caller: Caller): Promise<AsyncIterable<string>>;
}

export function createOwnDataService(deps: OwnDataServiceDeps): OwnDataService {
  const { ownData, accesses, audit, clock, origin } = deps;

  async function* resources(owner: DataOwner): AsyncGenerator<FhirResource> {
    yield* ownResources(ownData, owner, origin);
    yield* accesses(owner);
  }

  return {
    async export(caller) {
      const { organizationId, patientId, actsAs } = caller.actor;
      if (!patientId) throw ownDataErrors.noRecord();
      const at = clock.now();
      const entry = { entityType: 'patient', entityId: patientId, patientId };
      await audit.append(personAudit(caller, at, { action: 'ownData.export', ...entry }));
      // A copy of somebody else has nothing of the account of whoever acts for them.
      const userId = actsAs === null ? caller.actor.userId : null;
      return bundleOf(resources({ organizationId, patientId, userId }), at, origin);
    },
  };
}
