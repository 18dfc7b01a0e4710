import type { AdministrativeGender } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

export const GENDER_WORDS: Readonly<Record<AdministrativeGender, () => string>> = {
  female: m.gender_female,
  male: m.gender_male,
  other: m.gender_other,
  unknown: m.gender_unknown,
};
