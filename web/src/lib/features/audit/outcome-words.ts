import type { AuditOutcome } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/badge.svelte';

export const OUTCOME_WORDS: Readonly<
  Record<AuditOutcome, { readonly tone: Tone; readonly title: () => string }>
> = {
  success: { tone: 'neutral', title: m.trail_outcome_success },
  denied: { tone: 'attention', title: m.trail_outcome_denied },
  failure: { tone: 'attention', title: m.trail_outcome_failure },
};
