import type { VisitState } from '@careconnect/contracts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import { extensionsOf, reference, type Origin } from './fhir-basic.ts';
import type { OwnAppointment, OwnVisit } from './own-data.ts';

export function practitionerResource({ id, name, specialty }: OwnVisit['practitioner']): FhirResource {
  return {
    resourceType: 'Practitioner',
    id,
    name: [{ text: name }],
    qualification: [{ code: { text: specialty } }],
  };
}

export function appointmentResource(appointment: OwnAppointment, origin: Origin): FhirResource {
  const { id, status, startsAt, endsAt, patientId, practitioner, reason, createdAt, updatedAt } = appointment;
  const { idempotencyKey, createdByUserId } = appointment;
  return {
    resourceType: 'Appointment',
    id,
    meta: { lastUpdated: updatedAt.toISOString() },
    status,
    start: startsAt.toISOString(),
    end: endsAt.toISOString(),
    created: createdAt.toISOString(),
    ...(reason !== null && { reasonCode: [{ text: reason }] }),
    participant: [
      { actor: reference('Patient', patientId), status: 'accepted' },
      {
        actor: { ...reference('Practitioner', practitioner.id), display: practitioner.name },
        status: 'accepted',
      },
    ],
    extension: extensionsOf({ idempotencyKey, createdByUserId }, origin),
  };
}

/** Codes of FHIR R4 EncounterStatus. */
const STATUS: Readonly<Record<VisitState, string>> = {
  scheduled: 'planned',
  waiting: 'arrived',
  in_progress: 'in-progress',
  on_hold: 'onleave',
  ended: 'finished',
  summarised: 'finished',
  cancelled: 'cancelled',
  no_show: 'cancelled',
};

export function encounterResource(visit: OwnVisit, origin: Origin): FhirResource {
  const { id, state, patientId, practitioner, appointmentId, reason, startedAt, endedAt } = visit;
  const { organizationId: _organization, practitionerId: _practitioner, ...own } = visit;
  const { seats, events, attachments: _a, messages: _m, samples: _s, practitioner: _p, ...facts } = own;
  return {
    resourceType: 'Encounter',
    id,
    status: STATUS[state],
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR', display: 'virtual' },
    subject: reference('Patient', patientId),
    participant: [
      { individual: { ...reference('Practitioner', practitioner.id), display: practitioner.name } },
    ],
    ...(appointmentId !== null && { appointment: [reference('Appointment', appointmentId)] }),
    ...(reason !== null && { reasonCode: [{ text: reason }] }),
    ...(startedAt !== null && {
      period: { start: startedAt.toISOString(), ...(endedAt !== null && { end: endedAt.toISOString() }) },
    }),
    extension: [
      ...extensionsOf(facts, origin),
      ...seats.map((seat) => nested('seat', seatFacts(seat), origin)),
      ...events.map(({ id: eventId, type, actorName, at }) =>
        nested('event', { id: eventId, type, actorName, at }, origin),
      ),
    ],
  };
}

function seatFacts({ id, seatRole, displayName, joinedAt, leftAt, createdAt }: OwnVisit['seats'][number]) {
  return { id, seatRole, displayName, joinedAt, leftAt, createdAt };
}

function nested(name: string, facts: Parameters<typeof extensionsOf>[0], origin: Origin): object {
  const [outer] = extensionsOf({ [name]: true }, origin) as [{ url: string }];
  return { url: outer.url, extension: extensionsOf(facts, origin) };
}
