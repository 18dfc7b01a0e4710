import {
  EMERGENCY_REASON_MAX_LENGTH,
  EMERGENCY_REASON_MIN_LENGTH,
  EmergencyAccessReason,
  withoutControls,
} from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';

/** What a doctor types before a chart opens. */
export interface ReasonDraft {
  /** Empty until one is chosen. */
  category: string;
  reason: string;
}

/** Null while something is missing. */
export function toReason({ category, reason }: ReasonDraft): EmergencyAccessReason | null {
  return EmergencyAccessReason.safeParse({ category, reason: withoutControls(reason) }).data ?? null;
}

/** One sentence for each field that the contract would refuse. */
export function reasonErrors({ category, reason }: ReasonDraft): FieldErrors {
  const typed = { category, reason: withoutControls(reason) };
  const wrong = new Set(EmergencyAccessReason.safeParse(typed).error?.issues.map(({ path }) => path[0]));
  const limits = { min: EMERGENCY_REASON_MIN_LENGTH, max: EMERGENCY_REASON_MAX_LENGTH };
  return {
    category: wrong.has('category') ? m.emergency_category_missing() : undefined,
    reason: wrong.has('reason') ? m.emergency_reason_wrong(limits) : undefined,
  };
}
