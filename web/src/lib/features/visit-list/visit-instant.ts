import type { Instant, Visit } from '@careconnect/contracts';

/** What places a visit in a list, as the platform orders lists: its agreed start, else when it was opened. */
export function visitInstant({ scheduledAt, createdAt }: Pick<Visit, 'scheduledAt' | 'createdAt'>): Instant {
  return scheduledAt ?? createdAt;
}
