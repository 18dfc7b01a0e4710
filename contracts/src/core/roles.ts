import { z } from 'zod';

/** What a membership makes a person in one organization. */
export const Role = z.enum(['patient', 'doctor', 'receptionist', 'pharmacist', 'admin']);
export type Role = z.infer<typeof Role>;

export const ALL_ROLES = Role.options;
export const STAFF_ROLES = [
  'doctor',
  'receptionist',
  'pharmacist',
  'admin',
] as const satisfies readonly Role[];

/** A role of somebody who works for the organization. */
export const StaffRole = z.enum(STAFF_ROLES);
export type StaffRole = z.infer<typeof StaffRole>;
