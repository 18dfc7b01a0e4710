/** Up to two letters that stand for a name: first and last word, titles left out. */
export function initials(name: string): string {
  const words = name
    .replace(/^(dr|prof|mr|mrs|ms)\.?\s+/i, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const first = firstLetter(words[0]);
  const last = words.length > 1 ? firstLetter(words.at(-1)) : '';
  return `${first}${last}`.toLocaleUpperCase();
}

function firstLetter(word: string | undefined): string {
  return word === undefined ? '' : (Array.from(word)[0] ?? '');
}
