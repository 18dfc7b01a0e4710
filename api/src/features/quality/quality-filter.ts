import type { LiveVisit, PractitionerId, QualityGrade } from '@careconnect/contracts';

/** Which visits somebody wants to see; every part that is given narrows it. */
export interface QualityFilter {
  readonly grade?: QualityGrade | undefined;
  readonly practitionerId?: PractitionerId | undefined;
  /** Words of the patient's name, in any order. */
  readonly q?: string | undefined;
  readonly problems?: 'only' | undefined;
}

type Filtered = Pick<LiveVisit, 'grade' | 'practitioner' | 'patient'>;

const IN_TROUBLE: ReadonlySet<QualityGrade> = new Set(['audio-only', 'inadequate']);

export function isWanted(
  visit: Filtered,
  { grade, practitionerId, q = '', problems }: QualityFilter,
): boolean {
  const name = visit.patient.name.toLowerCase();
  const words = q.toLowerCase().split(/[\s,]+/);
  return (
    (grade === undefined || visit.grade === grade) &&
    (practitionerId === undefined || visit.practitioner.id === practitionerId) &&
    (problems === undefined || IN_TROUBLE.has(visit.grade)) &&
    words.every((word) => name.includes(word))
  );
}
