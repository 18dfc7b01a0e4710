import { endpoints, NARROWED_ROLES, type Person, type Role } from '@careconnect/contracts';
import { createApiClient } from '#lib/api/client.ts';
import { m } from '#lib/paraglide/messages.js';

/** What an administrator can do about somebody with one press; another role has a form of its own. */
export type Deed = 'suspend' | 'resume' | 'resetSecondFactor' | 'remove';

/** What takes a form. */
export type FormDeed = 'changeRole' | 'setAreas';

type Named = (inputs: { name: string }) => string;

interface DeedWords {
  readonly label: () => string;
  readonly title: Named;
  readonly text: () => string;
  readonly done: Named;
  readonly isDangerous: boolean;
}

export const DEEDS: Readonly<Record<Deed, DeedWords>> = {
  suspend: {
    label: m.people_suspend,
    title: m.people_suspend_title,
    text: m.people_suspend_text,
    done: m.people_suspend_done,
    isDangerous: true,
  },
  resume: {
    label: m.people_resume,
    title: m.people_resume_title,
    text: m.people_resume_text,
    done: m.people_resume_done,
    isDangerous: false,
  },
  resetSecondFactor: {
    label: m.people_reset_step,
    title: m.people_reset_step_title,
    text: m.people_reset_step_text,
    done: m.people_reset_step_done,
    isDangerous: true,
  },
  remove: {
    label: m.people_remove,
    title: m.people_remove_title,
    text: m.people_remove_text,
    done: m.people_remove_done,
    isDangerous: true,
  },
};

/** What api would let be done about somebody who is not the one who asks. */
export function deedsFor({ status, role, hasSecondFactor }: Person): Deed[] {
  if (status === 'removed') return [];
  return [
    status === 'active' ? 'suspend' : 'resume',
    ...(hasSecondFactor ? (['resetSecondFactor'] as const) : []),
    // The record of a patient stays, and with it whose it is.
    ...(role === 'patient' ? [] : (['remove'] as const)),
  ];
}

export function mayChangeRole({ status, role }: Person): boolean {
  return status !== 'removed' && role !== 'patient' && role !== 'platformAdmin';
}

export function mayBeKeptToAreas({ status, role }: Person): boolean {
  return status !== 'removed' && (NARROWED_ROLES as readonly Role[]).includes(role);
}

export function carryOut(deed: Deed, { membershipId }: Person): Promise<void> {
  return createApiClient().call(endpoints.people[deed], { params: { membershipId } });
}
