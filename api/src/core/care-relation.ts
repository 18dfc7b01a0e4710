/**
 * For how long after an appointment or a visit a patient stays in the doctor's care. A year, because whoever lives with a
 * long-term condition is seen at least that often: the reviews that the NHS asks of general practice (Quality and Outcomes
 * Framework) are due every 12 months. Any shorter, and a yearly patient would be a stranger whenever they come.
 */
export const CARE_RELATION_MONTHS = 12;

/** The first instant that still counts: on the same day of the month, or on the last of one that is too short. */
export function careRelationSince(now: Date): Date {
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - CARE_RELATION_MONTHS);
  // 29 February a year ago would be 1 March.
  if (since.getUTCDate() !== now.getUTCDate()) since.setUTCDate(0);
  return since;
}

/**
 * Whether a patient is in a doctor's care: what the NHS calls a legitimate relationship. It takes an appointment or a
 * visit of the two that was not cancelled, of which the latest is given. One that is yet to come counts however far ahead
 * it lies, for whoever has booked is about to be looked after.
 */
export function isInCare(latestEncounterAt: Date | null, now: Date): boolean {
  return latestEncounterAt !== null && latestEncounterAt >= careRelationSince(now);
}
