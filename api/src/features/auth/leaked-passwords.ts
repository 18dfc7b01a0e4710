import { dictionary } from '@zxcvbn-ts/language-common';

/** What passwords of lists that went round are written with in place of letters. */
const IN_PLACE_OF: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const LEAKED: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/**
 * Whether a password is one of the 49,000 that lists of stolen ones begin with, or such a one with digits and signs
 * hung on it, written twice, or with signs in place of letters (NIST SP 800-63B-4 section 3.1.1.2).
 */
export function isLeaked(password: string): boolean {
  const plain = password.toLowerCase();
  const bare = plain.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '');
  return [plain, bare, spelled(plain), spelled(bare)].flatMap(withHalf).some((one) => LEAKED.has(one));
}

function spelled(text: string): string {
  return [...text].map((sign) => IN_PLACE_OF[sign] ?? sign).join('');
}

/** `dragondragon` is no better than `dragon`. */
function withHalf(text: string): string[] {
  const half = text.slice(0, text.length / 2);
  return half.length > 2 && text === half + half ? [text, half] : [text];
}
