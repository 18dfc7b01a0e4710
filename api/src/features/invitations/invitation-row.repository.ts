import { StaffPost } from '@careconnect/contracts';

/** What the row of an invitation promises; a constraint of its table holds it to that. */
export function postOf({ role, specialty }: { role: string | null; specialty: string | null }): StaffPost {
  return StaffPost.parse(role === 'doctor' ? { role, specialty } : { role });
}
