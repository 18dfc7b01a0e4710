import type { Locale } from '#lib/paraglide/runtime.js';

/** What each language is called by those who read it. */
export const OWN_NAME: Readonly<Record<Locale, string>> = {
  en: 'English',
  ur: 'اردو',
};
