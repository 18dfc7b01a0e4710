import type { EmergencyAccessCategory } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

type CategoryWords = Readonly<Record<EmergencyAccessCategory, () => string>>;

/** As doctors choose them and administrators read them. */
export const EMERGENCY_CATEGORIES: CategoryWords = {
  emergency: m.emergency_category_emergency,
  covering: m.emergency_category_covering,
  patient_asked: m.emergency_category_patient_asked,
  other: m.emergency_category_other,
};

/** As the patient is told. */
export const EMERGENCY_TOLD: CategoryWords = {
  emergency: m.access_emergency_emergency,
  covering: m.access_emergency_covering,
  patient_asked: m.access_emergency_patient_asked,
  other: m.access_emergency_other,
};
