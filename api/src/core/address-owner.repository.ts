import type { Prisma } from '@careconnect/prisma';

export interface AddressOwner {
  readonly name: string;
  readonly email: string;
  /** Of a new account its password; of one that is there, what the password was held against. */
  readonly passwordHash: string;
  readonly isNew: boolean;
}

/** Why the account could not be made or found: the password was replaced, or the account was made, a moment ago. */
export type NotOwner = 'passwordReplaced' | 'madeMeanwhile';

/** The account of an address, made where it is new. Its password is not replaced until the transaction is over. */
export async function ownerOfAddress(
  tx: Prisma.TransactionClient,
  { name, email, passwordHash, isNew }: AddressOwner,
): Promise<{ readonly userId: string } | NotOwner> {
  if (!isNew) {
    const [owner] = await tx.$queryRaw<{ userId: string }[]>`
      SELECT id AS "userId" FROM user_account
       WHERE email = ${email}::citext AND password_hash = ${passwordHash} FOR SHARE`;
    return owner ?? 'passwordReplaced';
  }
  // Another link to the same address may have been used a moment ago.
  const [made] = await tx.$queryRaw<{ userId: string }[]>`
    INSERT INTO user_account (name, email, password_hash) VALUES (${name}, ${email}::citext, ${passwordHash})
    ON CONFLICT (email) DO NOTHING RETURNING id AS "userId"`;
  return made ?? 'madeMeanwhile';
}
