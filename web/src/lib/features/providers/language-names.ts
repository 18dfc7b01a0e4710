import { keepOrder } from '#lib/text/keep-order.ts';
import { displayLocale } from '#lib/time/format.ts';

/** Languages as people call them: codes such as `ur` by their name, anything else as it stands. */
export function languageNames(languages: readonly string[], locale = displayLocale()): string {
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const spoken = languages.map((language) =>
    /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(language) ? (names.of(language) ?? language) : language,
  );
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(spoken.map(keepOrder));
}
