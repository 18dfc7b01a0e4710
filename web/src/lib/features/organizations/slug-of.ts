import { Slug } from '@careconnect/contracts';

const MAX_LENGTH = 64;

/** A short name for addresses made of a name; empty where its letters are not Latin. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, MAX_LENGTH);
  return Slug.safeParse(slug.replaceAll(/^-+|-+$/g, '')).data ?? '';
}
