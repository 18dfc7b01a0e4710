import { demoAccount } from '../../../prisma/src/demo-accounts.ts';

/** Whom the benches act as. */
export const DEMO_DOCTOR = demoAccount('doctor');
export const DEMO_PATIENT = demoAccount('patient');
export const DEMO_PHARMACIST = demoAccount('pharmacist');
/** A doctor with usual surgery hours; the one above is always open, so that a demo always has a slot. */
export const DEMO_COLLEAGUE_SLUG = 'dr-omar-rehman';
