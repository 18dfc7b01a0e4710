/** Leaves room for what makes it unique. */
const MAX_LENGTH = 50;

/** A name as a part of a link: `Dr. Zoë Ünal` is `dr-zoe-unal`. Null where no Latin letter or digit is left. */
export function slugOf(name: string): string | null {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, MAX_LENGTH).replace(/-$/, '') ?? null;
}
