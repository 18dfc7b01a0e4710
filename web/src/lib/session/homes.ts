import type { Me, Role } from '@careconnect/contracts';

/** Where each role begins. */
export const HOME_OF = {
  patient: '/patient',
  doctor: '/doctor',
  receptionist: '/reception',
  pharmacist: '/pharmacy',
  admin: '/admin',
  platformAdmin: '/platform',
  nurse: '/nurse',
} as const satisfies Record<Role, string>;

/** Where the sign of the clinic leads this person; guests and strangers have no portal. */
export function homeOf(me: Pick<Me, 'isGuest' | 'role'> | null): string {
  return me === null || me.isGuest ? '/' : HOME_OF[me.role];
}
