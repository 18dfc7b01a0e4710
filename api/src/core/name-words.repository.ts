import { Prisma } from '@careconnect/prisma';

/** A name that has all of these words, or beginnings and ends of them, in whatever order. */
export function nameHasWords(words: string | readonly string[]): Prisma.PatientWhereInput {
  return {
    AND: wordsOf(words).map((word) => ({ name: { contains: literally(word), mode: 'insensitive' } })),
  };
}

/** The same of somebody with an account, whose e-mail address may have some of them. */
export function personHasWords(words: string): Prisma.UserWhereInput {
  return {
    AND: wordsOf(words).map((word) => {
      const contains = { contains: literally(word), mode: 'insensitive' } as const;
      return { OR: [{ name: contains }, { email: contains }] };
    }),
  };
}

/** The same, for a query that is written in SQL. */
export function sqlNameHasWords(words: string | readonly string[]): Prisma.Sql {
  const each = wordsOf(words).map((word) => Prisma.sql`name ILIKE ${`%${literally(word)}%`}`);
  return each.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join(each, ' AND ')})`;
}

function wordsOf(words: string | readonly string[]): readonly string[] {
  return typeof words === 'string' ? words.split(/[\s,]+/).filter((word) => word !== '') : words;
}

/** A percent sign that somebody types is a percent sign. */
function literally(word: string): string {
  return word.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
