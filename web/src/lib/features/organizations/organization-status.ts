import type { OrganizationOverview } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/badge.svelte';

interface Status {
  readonly title: () => string;
  readonly tone: Tone;
}

/** How an organization stands, in a word, and the colour that helps it. */
export function statusOf({ suspension, firstAdministrator }: OrganizationOverview): Status {
  if (suspension) return { title: m.platform_status_suspended, tone: 'danger' };
  if (firstAdministrator === 'joined') return { title: m.platform_status_open, tone: 'good' };
  return firstAdministrator === 'invited'
    ? { title: m.platform_status_invited, tone: 'neutral' }
    : { title: m.platform_status_missing, tone: 'attention' };
}

/** What can be done about one, from its menu. */
export type OrganizationDeed = 'suspend' | 'reopen' | 'invite';

export function deedsFor({ suspension, firstAdministrator }: OrganizationOverview): OrganizationDeed[] {
  if (suspension) return ['reopen'];
  return firstAdministrator === 'joined' ? ['suspend'] : ['invite', 'suspend'];
}
