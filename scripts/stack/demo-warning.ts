import pg from 'pg';

/** The demo's passwords are public: a start that means others, or real data, says that they are good here. */
export async function demoWarning(
  databaseUrl: string,
  accounts: readonly { email: string }[],
): Promise<string | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const emails = accounts.map(({ email }) => email);
    const { rowCount } = await client.query(
      'SELECT FROM user_account WHERE email = ANY ($1::citext[]) LIMIT 1',
      [emails],
    );
    return rowCount === 0
      ? null
      : 'The demo accounts are in this database: whoever reaches this address can sign in with their\n    published passwords. Put no real data in it.';
  } finally {
    await client.end();
  }
}
