import type { Provider } from '@careconnect/contracts';
import { matchesWords } from '#lib/text/match-words.ts';
import { languageNames } from './language-names.ts';

/** True when every word that was typed begins a word of the doctor's name, specialty or languages. */
export function matchesProvider(provider: Provider, typed: string): boolean {
  return matchesWords(`${provider.name} ${provider.specialty} ${languageNames(provider.languages)}`, typed);
}
