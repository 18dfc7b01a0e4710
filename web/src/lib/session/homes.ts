import type { Role } from '@careconnect/contracts';

/** Where each role begins. */
export const HOME_OF = {
  patient: '/patient',
  doctor: '/doctor',
  receptionist: '/reception',
  pharmacist: '/pharmacy',
  admin: '/admin',
} as const satisfies Record<Role, string>;
