import type { Prisma } from '@careconnect/prisma';

/** A name that has all of these words, or beginnings and ends of them, in whatever order. */
export function nameHasWords(words: string | readonly string[]): Prisma.PatientWhereInput {
  const wanted = typeof words === 'string' ? words.split(/[\s,]+/).filter((word) => word !== '') : words;
  return { AND: wanted.map((word) => ({ name: { contains: literally(word), mode: 'insensitive' } })) };
}

/** A percent sign that somebody types is a percent sign. */
function literally(word: string): string {
  return word.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
