import { ConsentWordings } from '@careconnect/contracts';
import type { FhirResource } from '../../core/fhir-resource.ts';
import { extensionsOf, reference, type Origin } from './fhir-basic.ts';
import type { OwnConsent } from './own-data.ts';

const CODES = 'http://terminology.hl7.org/CodeSystem';
/** FHIR R4 Consent.scope. */
const SCOPE = { telehealth: 'treatment', privacyNotice: 'patient-privacy' } as const;

/** A decision, with the words that it was about. */
export function consentResource(consent: OwnConsent, origin: Origin): FhirResource {
  const { id, organizationId, patientId, decision, means, at, performerUserId, text } = consent;
  const { kind, version } = text;
  return {
    resourceType: 'Consent',
    id,
    status: decision === 'given' ? 'active' : 'inactive',
    scope: { coding: [{ system: `${CODES}/consentscope`, code: SCOPE[kind] }] },
    category: [{ text: kind }],
    patient: reference('Patient', patientId),
    dateTime: at.toISOString(),
    performer: [{ identifier: { value: performerUserId } }],
    organization: [reference('Organization', organizationId)],
    policyRule: { text: `${kind} ${version}` },
    provision: { type: decision === 'given' ? 'permit' : 'deny' },
    contained: wordingsOf(text),
    extension: extensionsOf({ means, kind, version, publishedAt: text.publishedAt }, origin),
  };
}

function wordingsOf({ id, wordings }: OwnConsent['text']): FhirResource[] {
  const { en, ur } = ConsentWordings.parse(wordings);
  return Object.entries({ ...(en && { en }), ...(ur && { ur }) }).map(([language, { title, body }]) => ({
    resourceType: 'DocumentReference',
    id: `${id}-${language}`,
    status: 'current',
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          language,
          title,
          data: Buffer.from(body).toString('base64'),
        },
      },
    ],
  }));
}
