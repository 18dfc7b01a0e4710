import { buildPath, endpoints } from '@careconnect/contracts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import { basicOf, reference, type Fact, type Origin } from './fhir-basic.ts';
import type { OwnVisit } from './own-data.ts';

/** What was written, said and shown in a visit, and how well it was heard and seen. */
export function contentResources(visit: OwnVisit, origin: Origin): FhirResource[] {
  return [
    ...visit.messages.map((message) => communicationOf(visit, message)),
    ...visit.attachments.map((attachment) => documentOf(visit, attachment, origin)),
    ...visit.samples.map((sample) => sampleOf(visit, sample, origin)),
  ];
}

function authorOf({ seats }: OwnVisit, seatId: string): object {
  return { display: seats.find(({ id }) => id === seatId)?.displayName ?? '' };
}

function communicationOf(visit: OwnVisit, message: OwnVisit['messages'][number]): FhirResource {
  const { id, body, sentAt, authorSeatId, attachmentId } = message;
  return {
    resourceType: 'Communication',
    id,
    status: 'completed',
    subject: reference('Patient', visit.patientId),
    encounter: reference('Encounter', visit.id),
    sent: sentAt.toISOString(),
    sender: authorOf(visit, authorSeatId),
    payload: [
      ...(body === '' ? [] : [{ contentString: body }]),
      ...(attachmentId === null ? [] : [{ contentReference: reference('DocumentReference', attachmentId) }]),
    ],
  };
}

/** The file itself is fetched from its address, signed in. */
function documentOf(
  visit: OwnVisit,
  attachment: OwnVisit['attachments'][number],
  { publicOrigin }: Origin,
): FhirResource {
  const { id, kind, mediaType, sizeBytes, authorSeatId, createdAt } = attachment;
  const path = buildPath(endpoints.attachments.content.path, { visitId: visit.id, attachmentId: id });
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    type: { text: kind },
    subject: reference('Patient', visit.patientId),
    date: createdAt.toISOString(),
    author: [authorOf(visit, authorSeatId)],
    content: [
      {
        attachment: {
          contentType: mediaType,
          size: sizeBytes,
          url: `${publicOrigin}${path}`,
          creation: createdAt.toISOString(),
        },
      },
    ],
    context: { encounter: [reference('Encounter', visit.id)] },
  };
}

function sampleOf(visit: OwnVisit, sample: OwnVisit['samples'][number], origin: Origin): FhirResource {
  const { organizationId: _organization, idempotencyKey, ...measured } = sample;
  const own = { id: idempotencyKey, patientId: visit.patientId, created: sample.at };
  const facts: Readonly<Record<string, Fact>> = measured;
  return basicOf('qualitySample', own, facts, origin);
}
