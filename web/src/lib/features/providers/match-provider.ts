import type { Provider } from '@careconnect/contracts';
import { languageNames } from './language-names.ts';

/** True when every word that was typed begins a word of the doctor's name, specialty or languages. */
export function matchesProvider(provider: Provider, typed: string): boolean {
  const words = toWords(`${provider.name} ${provider.specialty} ${languageNames(provider.languages)}`);
  return toWords(typed).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function toWords(text: string): string[] {
  return text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
