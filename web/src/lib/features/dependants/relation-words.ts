import type { GuardianRelationship, Relationship } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

/** What somebody is to the patient they act for. */
export const RELATION_WORDS: Readonly<Record<Relationship, () => string>> = {
  MTH: m.relation_mth,
  FTH: m.relation_fth,
  GUARD: m.relation_guard,
  DAUC: m.relation_dauc,
  SONC: m.relation_sonc,
  SPS: m.relation_sps,
  GRNDCHILD: m.relation_grndchild,
  FAMMEMB: m.relation_fammemb,
  FRND: m.relation_frnd,
};

const GUARDIANS: ReadonlySet<Relationship> = new Set<GuardianRelationship>(['MTH', 'FTH', 'GUARD']);

/** Those who may do everything, without being asked what. */
export function isGuardian(relationship: Relationship): boolean {
  return GUARDIANS.has(relationship);
}

export function relationOptions(relationships: readonly Relationship[]) {
  return relationships.map((value) => ({ value, label: RELATION_WORDS[value]() }));
}
