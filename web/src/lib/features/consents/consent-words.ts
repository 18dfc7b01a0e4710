import type { ConsentKind } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

/** What a kind is called where its own title is not known, and what taking it back means. */
export const CONSENT_WORDS: Readonly<
  Record<ConsentKind, { readonly name: () => string; readonly withdrawal: () => string }>
> = {
  telehealth: { name: m.consent_kind_telehealth, withdrawal: m.consent_withdraw_telehealth },
  privacyNotice: { name: m.consent_kind_privacy, withdrawal: m.consent_withdraw_privacy },
};
