import type { Role } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

const NAME: Record<Role, () => string> = {
  patient: m.role_patient,
  doctor: m.role_doctor,
  receptionist: m.role_receptionist,
  pharmacist: m.role_pharmacist,
  admin: m.role_admin,
  platformAdmin: m.role_platform_admin,
  nurse: m.role_nurse,
};

/** What the role is called on the page. */
export function roleName(role: Role): string {
  return NAME[role]();
}
