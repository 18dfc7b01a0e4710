import { Prisma } from '@careconnect/prisma';

/** With fewer digits than these a number on record says nothing about the end of a longer one. */
const WHOLE_NUMBER_DIGITS = 6;

/** One of the tokens is on record; or, of a patient whose number stands there in plain text yet, its digits. */
export function sqlHasPhone(digits: string, tokens: readonly string[]): Prisma.Sql {
  const onRecord = Prisma.sql`ltrim(regexp_replace(phone, '\\(0\\)|[^0-9]', '', 'g'), '0')`;
  return Prisma.sql`(
    blind_index && ${tokens}::text[]
    OR (blind_index = '{}' AND (
      ${onRecord} LIKE ${`%${digits}`}
      OR (length(${onRecord}) >= ${WHOLE_NUMBER_DIGITS} AND ${digits} LIKE '%' || ${onRecord})
    ))
  )`;
}

export function sqlHasEmail(email: string, tokens: readonly string[]): Prisma.Sql {
  return Prisma.sql`(
    blind_index && ${tokens}::text[] OR (blind_index = '{}' AND lower(email) = ${email.toLowerCase()})
  )`;
}
