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

export function isWanted(visit: Filtered, filter: QualityFilter): boolean {
  return fits(visit, filter, IN_TROUBLE.has(visit.grade));
}

/** In a live visit it is trouble too when somebody is cut off, however well the others were heard. */
export function isWantedLive(visit: LiveVisit, filter: QualityFilter): boolean {
  const isSomebodyCutOff = visit.participants.some(({ presence }) => presence.where === 'cut-off');
  return fits(visit, filter, IN_TROUBLE.has(visit.grade) || isSomebodyCutOff);
}

function fits(
  visit: Filtered,
  { grade, practitionerId, q = '', problems }: QualityFilter,
  isInTrouble: boolean,
): boolean {
  const name = visit.patient.name.toLowerCase();
  const words = q.toLowerCase().split(/[\s,]+/);
  return (
    (grade === undefined || visit.grade === grade) &&
    (practitionerId === undefined || visit.practitioner.id === practitionerId) &&
    (problems === undefined || isInTrouble) &&
    words.every((word) => name.includes(word))
  );
}
