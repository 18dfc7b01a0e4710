import type { ConsentLanguage, ConsentWordings } from '@careconnect/contracts';

export interface ShownWording {
  readonly language: ConsentLanguage;
  readonly title: string;
  readonly body: string;
}

const LANGUAGES = ['en', 'ur'] as const satisfies readonly ConsentLanguage[];

/** The text in the language of the page, else in whichever there is. */
export function wordingIn(wordings: ConsentWordings, language: ConsentLanguage): ShownWording {
  for (const candidate of [language, ...LANGUAGES]) {
    const wording = wordings[candidate];
    if (wording) return { language: candidate, ...wording };
  }
  throw new TypeError('a consent text has no wording');
}
