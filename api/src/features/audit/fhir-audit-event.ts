import type { OrganizationId, PatientId } from '@careconnect/contracts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import { agentsOf } from './fhir-agents.ts';
import { BREAK_THE_GLASS_PURPOSE, coding, DCM, OBJECT_ROLE, ENTITY_TYPE, type Coding } from './fhir-codes.ts';
import { interactionOf, type Interaction } from './fhir-interaction.ts';
import type { TrailEvent } from './trail.ts';

/** Where this installation is reached: what names our own codes and ends of a network. */
export interface FhirPlace {
  readonly publicOrigin: string;
}

/** IHE ITI Basic Audit Log Patterns (BALP) 1.1, https://profiles.ihe.net/ITI/BALP */
const BALP = 'https://profiles.ihe.net/ITI/BALP';
const REST = coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest', 'Restful Operation');

interface Kind {
  readonly type: Coding;
  readonly subtype: Coding | null;
  /** AuditEvent.action: create, read, update, execute. */
  readonly action: 'C' | 'R' | 'U' | 'E';
  /** The name of its profile, which after `Patient` is that of an event with a patient. */
  readonly profile: string | null;
}

const interaction = (code: string) => coding('http://hl7.org/fhir/restful-interaction', code, code);
const KINDS: Readonly<Record<Interaction, Kind>> = {
  read: { type: REST, subtype: interaction('read'), action: 'R', profile: 'Read' },
  search: { type: REST, subtype: interaction('search'), action: 'E', profile: 'Query' },
  create: { type: REST, subtype: interaction('create'), action: 'C', profile: 'Create' },
  update: { type: REST, subtype: interaction('update'), action: 'U', profile: 'Update' },
  export: { type: coding(DCM, '110106', 'Export'), subtype: null, action: 'R', profile: null },
  login: authentication('110122', 'Login'),
  logout: authentication('110123', 'Logout'),
  credentials: {
    type: coding(DCM, '110113', 'Security Alert'),
    subtype: coding(DCM, '110137', 'User Security Attributes Changed'),
    action: 'U',
    profile: null,
  },
  // As the break-glass example of FHIR's AuditEvent has it.
  emergency: {
    type: coding(DCM, '110113', 'Security Alert'),
    subtype: coding(DCM, '110127', 'Emergency Override Started'),
    action: 'E',
    profile: null,
  },
};
/** Of what an older version did nothing more is known. */
const UNKNOWN: Kind = { type: REST, subtype: null, action: 'E', profile: null };

/** AuditEvent.outcome: success, minor failure, serious failure. */
const OUTCOMES: Readonly<Record<TrailEvent['outcome'], '0' | '4' | '8'>> = {
  success: '0',
  failure: '4',
  denied: '8',
};

/** The resources that our things are; others are named by their id alone. */
const RESOURCES = new Map([
  ['patient', 'Patient'],
  ['visit', 'Encounter'],
  ['appointment', 'Appointment'],
  ['practitioner', 'Practitioner'],
  ['consent', 'Consent'],
]);

function authentication(code: string, display: string): Kind {
  const type = coding(DCM, '110114', 'User Authentication');
  return { type, subtype: coding(DCM, code, display), action: 'E', profile: null };
}

/** As BALP wants it, an event that has shown several patients is told once for each. */
export function fhirLines(event: TrailEvent, organizationId: OrganizationId, place: FhirPlace): string {
  return toAuditEvents(event, organizationId, place)
    .map((resource) => `${JSON.stringify(resource)}\n`)
    .join('');
}

export function toAuditEvents(
  event: TrailEvent,
  organizationId: OrganizationId,
  place: FhirPlace,
): FhirResource[] {
  const own = event.patient ? [event.patient] : [];
  const shown = event.shownIds.filter((id) => id !== event.patient?.id).map((id) => ({ id, name: null }));
  const patients = [...own, ...shown];
  if (patients.length <= 1)
    return [toAuditEvent(event, event.id, patients[0] ?? null, organizationId, place)];
  return patients.map((patient, index) =>
    toAuditEvent(event, `${event.id}-${index + 1}`, patient, organizationId, place),
  );
}

function toAuditEvent(
  event: TrailEvent,
  id: string,
  patient: { readonly id: PatientId; readonly name: string | null } | null,
  organizationId: OrganizationId,
  place: FhirPlace,
): FhirResource {
  const done = interactionOf(event.action);
  const kind = done ? KINDS[done] : UNKNOWN;
  const profile = event.outcome === 'success' && kind.profile;
  const own = coding(`${place.publicOrigin}/fhir/CodeSystem/audit-action`, event.action, event.action);
  return {
    resourceType: 'AuditEvent',
    id,
    ...(profile && {
      meta: { profile: [`${BALP}/StructureDefinition/IHE.BasicAudit.${patient ? 'Patient' : ''}${profile}`] },
    }),
    type: kind.type,
    subtype: [...(kind.subtype ? [kind.subtype] : []), own],
    action: kind.action,
    recorded: event.at.toISOString(),
    outcome: OUTCOMES[event.outcome],
    ...(event.emergencyAccessId !== null && { purposeOfEvent: [BREAK_THE_GLASS_PURPOSE] }),
    agent: agentsOf(event, done, place.publicOrigin),
    source: {
      site: organizationId,
      observer: { display: 'CareConnect' },
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server')],
    },
    entity: [
      requestEntity(event.requestId),
      done === 'search' ? queryEntity(event) : dataEntity(event, place.publicOrigin),
      ...(patient ? [patientEntity(patient)] : []),
    ],
  };
}

function requestEntity(requestId: string): object {
  return {
    what: { identifier: { value: requestId } },
    type: coding(`${BALP}/CodeSystem/BasicAuditEntityType`, 'XrequestId', 'X-Request-Id'),
  };
}

/** What was typed is not kept, for it names people; what is, is told in its place. */
function queryEntity({ action, detail }: TrailEvent): object {
  const kept = Object.entries(detail).map(([name, value]): [string, string] => [name, String(value)]);
  const query = new URLSearchParams([['action', action], ...kept]).toString();
  return {
    type: coding(ENTITY_TYPE, '2', 'System Object'),
    role: coding(OBJECT_ROLE, '24', 'Query'),
    query: Buffer.from(query).toString('base64'),
  };
}

function dataEntity({ entityType, entityId }: TrailEvent, publicOrigin: string): object {
  const type = RESOURCES.get(entityType);
  const value = entityId ?? undefined;
  const what =
    type && value
      ? { reference: `${type}/${value}`, type }
      : {
          identifier: { system: `${publicOrigin}/fhir/identifier/${entityType}`, value },
          display: entityType,
        };
  return {
    what,
    type: coding(ENTITY_TYPE, '2', 'System Object'),
    role: coding(OBJECT_ROLE, '4', 'Domain Resource'),
  };
}

function patientEntity({ id, name }: { readonly id: PatientId; readonly name: string | null }): object {
  return {
    what: { reference: `Patient/${id}`, type: 'Patient' },
    type: coding(ENTITY_TYPE, '1', 'Person'),
    role: coding(OBJECT_ROLE, '1', 'Patient'),
    ...(name !== null && { name }),
  };
}
