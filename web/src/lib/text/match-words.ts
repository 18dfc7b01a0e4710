/** True when every word that was typed begins a word of the text. */
export function matchesWords(text: string, typed: string): boolean {
  const words = toWords(text);
  return toWords(typed).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function toWords(text: string): string[] {
  return text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
