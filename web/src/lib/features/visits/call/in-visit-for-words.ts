import type { Peer } from '@careconnect/contracts';
import { RELATION_WORDS } from '#lib/features/dependants/relation-words.ts';
import { m } from '#lib/paraglide/messages.js';

/** Whom a parent or a carer is in the visit with; null for everybody else. */
export function inVisitForWords({ inVisitFor }: Pick<Peer, 'inVisitFor'>): string | null {
  if (!inVisitFor) return null;
  const { relationship, name: patient } = inVisitFor;
  return m.visit_peer_with({ relation: RELATION_WORDS[relationship](), patient });
}
