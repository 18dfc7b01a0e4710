import type { FhirResource } from '../../core/fhir-resource.ts';
import { accountResources } from './fhir-account.ts';
import type { Origin } from './fhir-basic.ts';
import { appointmentResource, encounterResource, practitionerResource } from './fhir-care.ts';
import { consentResource } from './fhir-consent.ts';
import { correctionResource } from './fhir-correction.ts';
import { emergencyAccessResource } from './fhir-emergency-access.ts';
import { erasureResource } from './fhir-erasure.ts';
import { relatedPersonResource } from './fhir-related-person.ts';
import { contentResources } from './fhir-visit-content.ts';
import type { OwnDataRepository } from './own-data.repository.ts';
import type { DataOwner, OwnVisit } from './own-data.ts';

/** Everything that an organization stores about a patient but for the trail, as it is read. */
export async function* ownResources(
  ownData: OwnDataRepository,
  owner: DataOwner,
  origin: Origin,
): AsyncGenerator<FhirResource> {
  const told = new Set<string>();
  const doctorOnce = function* (doctor: OwnVisit['practitioner']) {
    if (told.has(doctor.id)) return;
    told.add(doctor.id);
    yield practitionerResource(doctor);
  };
  yield* accountResources(await ownData.account(owner), origin);
  for (const consent of await ownData.consents(owner)) yield consentResource(consent, origin);
  for (const erasure of await ownData.erasures(owner)) yield erasureResource(erasure, origin);
  for (const correction of await ownData.corrections(owner)) yield correctionResource(correction, origin);
  for (const access of await ownData.emergencyAccesses(owner)) {
    yield* doctorOnce(access.practitioner);
    yield emergencyAccessResource(access, origin);
  }
  for (const relation of await ownData.relatedPersons(owner)) yield relatedPersonResource(relation, origin);
  for (const appointment of await ownData.appointments(owner)) {
    yield* doctorOnce(appointment.practitioner);
    yield appointmentResource(appointment, origin);
  }
  for await (const visit of ownData.visits(owner)) {
    yield* doctorOnce(visit.practitioner);
    yield encounterResource(visit, origin);
    yield* contentResources(visit, origin);
  }
}

/** A FHIR bundle in pieces. */
export async function* bundleOf(
  resources: AsyncIterable<FhirResource>,
  at: Date,
  { publicOrigin }: Origin,
): AsyncGenerator<string> {
  yield `{"resourceType":"Bundle","type":"collection","timestamp":${JSON.stringify(at)},"entry":[`;
  let comma = '';
  for await (const resource of resources) {
    const fullUrl = `${publicOrigin}/fhir/R4/${resource.resourceType}/${resource.id}`;
    yield comma + JSON.stringify({ fullUrl, resource });
    comma = ',\n';
  }
  yield ']}';
}
