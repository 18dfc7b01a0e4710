import type { MembershipStatus } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/badge.svelte';

/** Whether somebody can come in, in a word, and the colour that helps it. */
export const STATUS_WORDS: Readonly<Record<MembershipStatus, { title: () => string; tone: Tone }>> = {
  active: { title: m.people_active, tone: 'good' },
  suspended: { title: m.people_suspended, tone: 'attention' },
  removed: { title: m.people_removed, tone: 'neutral' },
};
