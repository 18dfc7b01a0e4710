import type { ConsentLanguage, ConsentWordings } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';

/** What an administrator types; a language that is left empty is not published. */
export type WordingDraft = Record<ConsentLanguage, { title: string; body: string }>;

export const CONSENT_LANGUAGES = ['en', 'ur'] as const satisfies readonly ConsentLanguage[];

export function draftOf(wordings: ConsentWordings | undefined): WordingDraft {
  const part = (language: ConsentLanguage) => ({ title: '', body: '', ...wordings?.[language] });
  return { en: part('en'), ur: part('ur') };
}

export function wordingsOf(draft: WordingDraft): ConsentWordings {
  const filled = CONSENT_LANGUAGES.filter((language) => isFilled(draft[language].body));
  return Object.fromEntries(filled.map((language) => [language, draft[language]]));
}

/** By the field that is to be mended. */
export function wordingErrors(draft: WordingDraft): FieldErrors {
  const halves = CONSENT_LANGUAGES.filter(
    (language) => isFilled(draft[language].title) !== isFilled(draft[language].body),
  );
  if (halves.length > 0)
    return Object.fromEntries(halves.map((language) => [`title-${language}`, m.consents_half()]));
  return Object.keys(wordingsOf(draft)).length === 0 ? { 'title-en': m.consents_empty() } : {};
}

function isFilled(typed: string): boolean {
  return typed.trim() !== '';
}
