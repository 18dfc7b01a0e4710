import { text } from '../core/values.ts';

export const VISIT_REASON_MAX_LENGTH = 500;

/** What a visit is about, in the words of whoever books it or walks in. */
export const VisitReason = text(VISIT_REASON_MAX_LENGTH);
