import { z } from 'zod';

/** Names the patient for whom somebody acts in one request. Without it everybody acts for themselves. */
export const ACTING_HEADER = 'x-acting-for';

/**
 * What somebody may do for a patient. `visits`: book, cancel, and be in a visit with them. `records`: read what is on record.
 * `decisions`: consent, copies of the data, and erasure.
 */
export const ActingScope = z.enum(['visits', 'records', 'decisions']);
export type ActingScope = z.infer<typeof ActingScope>;

/** The same for what a browser asks for by itself, without headers of ours. */
export const ACTING_QUERY = 'for';

/**
 * What somebody is to the patient they act for: codes of HL7 v3 RoleCode
 * (http://terminology.hl7.org/CodeSystem/v3-RoleCode), as in FHIR RelatedPerson.relationship. Mother, father, guardian,
 * daughter, son, spouse, grandchild, another of the family, a friend.
 */
export const Relationship = z.enum([
  'MTH',
  'FTH',
  'GUARD',
  'DAUC',
  'SONC',
  'SPS',
  'GRNDCHILD',
  'FAMMEMB',
  'FRND',
]);
export type Relationship = z.infer<typeof Relationship>;

/** For whom somebody is in a visit, who is there for another, and what they are to them. */
export const InVisitFor = z.object({ name: z.string(), relationship: Relationship });
export type InVisitFor = z.infer<typeof InVisitFor>;
