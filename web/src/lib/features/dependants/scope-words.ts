import type { ActingScope } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

export const SCOPE_WORDS: Readonly<Record<ActingScope, () => string>> = {
  visits: m.family_may_visits,
  records: m.family_may_records,
  decisions: m.family_may_all,
};
