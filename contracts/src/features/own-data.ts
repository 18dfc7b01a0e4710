import { defineEndpoint } from '../core/endpoint.ts';
import { FhirBundle } from '../core/fhir.ts';
import { NoBody, NoParams, NoQuery } from '../core/values.ts';

/** Where what FHIR has no element for is named, under the address of the installation. */
export const OWN_DATA_PATH = '/fhir/StructureDefinition/own-data';

export const ownDataEndpoints = {
  export: defineEndpoint({
    method: 'GET',
    path: '/api/v1/own-data',
    access: { kind: 'roles', roles: ['patient'] },
    summary: 'Everything that this organization stores about me',
    description:
      'As a FHIR R4 bundle of Patient, Person, Appointment, Encounter, Communication, DocumentReference, Consent and AuditEvent; Basic stands for what FHIR has no resource for.',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: FhirBundle,
    status: 200,
    errors: ['NOT_FOUND'],
    limit: 'ownData',
    needsConfirmation: true,
    forDependants: 'decisions',
  }),
} as const;
