import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { accountResources } from './fhir-account.ts';
import { appointmentResource, encounterResource, practitionerResource } from './fhir-care.ts';
import { consentResource } from './fhir-consent.ts';
import { contentResources } from './fhir-visit-content.ts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import type { Origin } from './fhir-basic.ts';
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
    const told = new Set<string>();
    const doctorOnce = function* (doctor: Parameters<typeof practitionerResource>[0]) {
      if (told.has(doctor.id)) return;
      told.add(doctor.id);
      yield practitionerResource(doctor);
    };
    yield* accountResources(await ownData.account(owner), origin);
    for (const consent of await ownData.consents(owner)) yield consentResource(consent, origin);
    for (const appointment of await ownData.appointments(owner)) {
      yield* doctorOnce(appointment.practitioner);
      yield appointmentResource(appointment, origin);
    }
    for await (const visit of ownData.visits(owner)) {
      yield* doctorOnce(visit.practitioner);
      yield encounterResource(visit, origin);
      yield* contentResources(visit, origin);
    }
    yield* accesses(owner);
  }

  async function* bundle(owner: DataOwner, at: Date): AsyncGenerator<string> {
    yield `{"resourceType":"Bundle","type":"collection","timestamp":${JSON.stringify(at)},"entry":[`;
    let comma = '';
    for await (const resource of resources(owner)) {
      const fullUrl = `${origin.publicOrigin}/fhir/R4/${resource.resourceType}/${resource.id}`;
      yield comma + JSON.stringify({ fullUrl, resource });
      comma = ',\n';
    }
    yield ']}';
  }

  return {
    async export(caller) {
      const { organizationId, patientId, userId } = caller.actor;
      if (!patientId) throw ownDataErrors.noRecord();
      const at = clock.now();
      const entry = { entityType: 'patient', entityId: patientId, patientId };
      await audit.append(personAudit(caller, at, { action: 'ownData.export', ...entry }));
      return bundle({ organizationId, patientId, userId }, at);
    },
  };
}
