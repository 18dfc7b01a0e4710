/**
 * The age at which somebody decides for themselves. 18 by the UN Convention on the Rights of the Child, Art. 1, unless a
 * country says otherwise; in Pakistan by the Majority Act, 1875, s. 3 (21 where a court has appointed the guardian, which
 * is not known here), in the UK by the Family Law Reform Act 1969, s. 1.
 */
export const OF_AGE_YEARS = 18;

/** The same day so many years later, `YYYY-MM-DD`. The 29th of February becomes the 1st of March. */
export function yearsAfter(day: Date, years: number): string {
  const later = new Date(day);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later.toISOString().slice(0, 10);
}

/**
 * The day on which somebody comes of age, from its first moment.
 *
 * @param birthDate `YYYY-MM-DD`, as is the answer
 */
export function comesOfAgeOn(birthDate: string): string {
  return yearsAfter(new Date(`${birthDate}T00:00:00Z`), OF_AGE_YEARS);
}
