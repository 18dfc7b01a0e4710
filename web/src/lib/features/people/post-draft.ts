import { StaffPost, type StaffRole } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';

/** What an administrator chooses for somebody of the staff. */
export interface PostDraft {
  role: StaffRole;
  specialty: string;
}

/** What is sent: only a doctor has a specialty. */
export function toPost({ role, specialty }: PostDraft): StaffPost {
  return role === 'doctor' ? { role, specialty } : { role };
}

export function postErrors(draft: PostDraft): FieldErrors {
  return { specialty: StaffPost.safeParse(toPost(draft)).success ? undefined : m.people_specialty_missing() };
}
