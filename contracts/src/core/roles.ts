import { z } from 'zod';

/** What a membership makes a person in one organization. */
export const Role = z.enum([
  'patient',
  'doctor',
  'receptionist',
  'pharmacist',
  'admin',
  'nurse',
  'platformAdmin',
]);
export type Role = z.infer<typeof Role>;

export const ALL_ROLES = Role.options;

/** A role in an organization that looks after patients. */
export const ClinicRole = Role.exclude(['platformAdmin']);
export type ClinicRole = z.infer<typeof ClinicRole>;
export const CLINIC_ROLES = ClinicRole.options;
/** A role in the organization of those who run the platform. */
export const PlatformRole = Role.extract(['platformAdmin']);
export const STAFF_ROLES = [
  'doctor',
  'receptionist',
  'pharmacist',
  'admin',
  'nurse',
] as const satisfies readonly Role[];

/** Roles that an administrator may keep to some departments or locations; without any it is the whole organization. */
export const NARROWED_ROLES = ['receptionist', 'nurse'] as const satisfies readonly Role[];

/** A role of somebody who works for the organization. */
export const StaffRole = z.enum(STAFF_ROLES);
export type StaffRole = z.infer<typeof StaffRole>;

/** What somebody can be invited to be. */
export const InvitedRole = z.enum([...StaffRole.options, ...PlatformRole.options]);
export type InvitedRole = z.infer<typeof InvitedRole>;
