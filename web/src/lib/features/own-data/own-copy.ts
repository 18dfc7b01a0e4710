import { type FhirBundle, Instant, OWN_DATA_PATH } from '@careconnect/contracts';
import { z } from 'zod';

const Text = z.object({ text: z.string() });
const texts = z.array(Text).default([]);
const Reference = z.object({ reference: z.string().optional(), display: z.string().optional() });
const Extension = z.object({
  url: z.string(),
  valueString: z.string().optional(),
  valueDateTime: z.string().optional(),
});

const Named = z.object({ name: texts, telecom: z.array(z.object({ value: z.string() })).default([]) });
const Patient = Named.extend({ birthDate: z.string(), gender: z.string() });
const Allergy = z.object({ code: Text });
const Attachment = z.object({ language: z.string(), title: z.string(), data: z.string() });
const Consent = z.object({
  id: z.string(),
  status: z.enum(['active', 'inactive']),
  dateTime: Instant,
  contained: z.array(z.object({ content: z.tuple([z.object({ attachment: Attachment })]) })),
});
const Appointment = z.object({
  id: z.string(),
  status: z.string(),
  start: Instant,
  reasonCode: texts,
  participant: z.array(z.object({ actor: Reference })),
});
const Encounter = z.object({
  id: z.string(),
  status: z.string(),
  reasonCode: texts,
  participant: z.array(z.object({ individual: Reference })),
  extension: z.array(Extension),
});
const Communication = z.object({
  id: z.string(),
  encounter: Reference,
  sent: Instant,
  sender: Reference,
  payload: z.array(z.object({ contentString: z.string().optional() })),
});
const AuditEvent = z.object({
  id: z.string(),
  recorded: Instant,
  subtype: z.array(z.object({ system: z.string(), code: z.string() })),
  agent: z.array(z.object({ name: z.string().optional() })),
});
const Basic = z.object({
  id: z.string(),
  code: z.object({ coding: z.tuple([z.object({ code: z.string() })]) }),
  extension: z.array(Extension),
});

const TYPES = {
  Patient,
  Person: Named,
  AllergyIntolerance: Allergy,
  Consent,
  Appointment,
  Encounter,
  Communication,
  AuditEvent,
  Basic,
};

export type OwnCopy = ReturnType<typeof readOwnCopy>;

/** What is in a bundle, as a page shows it. */
export function readOwnCopy({ timestamp, entry }: FhirBundle) {
  const all = <Type extends keyof typeof TYPES>(type: Type): z.output<(typeof TYPES)[Type]>[] =>
    entry
      .filter(({ resource }) => resource.resourceType === type)
      .map(({ resource }) => TYPES[type].parse(resource) as z.output<(typeof TYPES)[Type]>);
  const messages = Map.groupBy(all('Communication'), ({ encounter }) => encounter.reference);
  return {
    madeAt: timestamp,
    patient: all('Patient')[0],
    account: all('Person')[0],
    allergies: all('AllergyIntolerance').map(({ code }) => code.text),
    consents: all('Consent'),
    appointments: all('Appointment'),
    visits: all('Encounter').map((visit) => ({
      ...visit,
      at: factOf(visit.extension, 'listedAt') ?? timestamp,
      messages: messages.get(`Encounter/${visit.id}`) ?? [],
    })),
    signIns: all('Basic').filter(({ code }) => code.coding[0].code === 'session'),
    measured: all('Basic').filter(({ code }) => code.coding[0].code === 'qualitySample').length,
    accesses: all('AuditEvent').map(({ id, recorded, subtype, agent }) => ({
      id,
      at: recorded,
      action: subtype.find(({ system }) => system.endsWith('/audit-action'))?.code ?? '',
      name: agent.find(({ name }) => name !== undefined)?.name ?? null,
    })),
  };
}

export function factOf(extensions: readonly z.output<typeof Extension>[], name: string): string | undefined {
  const found = extensions.find(({ url }) => url.endsWith(`${OWN_DATA_PATH}-${name}`));
  return found?.valueDateTime ?? found?.valueString;
}

/** The words of a consent in one of the languages that it has. */
export function consentWords({ contained }: OwnCopy['consents'][number], language: string) {
  const parts = contained.map(({ content }) => content[0].attachment);
  const part = parts.find((one) => one.language === language) ?? parts[0];
  if (!part) return null;
  const bytes = Uint8Array.from(atob(part.data), (character) => character.charCodeAt(0));
  return { language: part.language, title: part.title, body: new TextDecoder().decode(bytes) };
}
