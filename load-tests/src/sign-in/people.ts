import pg from 'pg';
import { DEMO_PATIENT } from '../core/demo-clinic.ts';

/** So many people of the demo clinic with the demo patient's password. @returns their addresses */
export async function addPeople(databaseUrl: string, count: number): Promise<string[]> {
  const emails = Array.from({ length: count }, (_none, index) => `person-${index}@rahma.example`);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `WITH model AS (
         SELECT u.password_hash, m.organization_id FROM user_account u JOIN membership m ON m.user_id = u.id WHERE u.email = $1
       ), made AS (
         INSERT INTO user_account (email, name, password_hash)
         SELECT email, 'A Person', password_hash FROM model, unnest($2::text[]) AS email RETURNING id
       )
       INSERT INTO membership (organization_id, user_id, role)
       SELECT organization_id, id, 'pharmacist' FROM made, model`,
      [DEMO_PATIENT.email, emails],
    );
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
  return emails;
}

/** What a hash says of its own cost: `m=19456,t=2,p=1`, of argon2id. */
export async function costOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ hash: string }>(
      'SELECT password_hash AS hash FROM user_account WHERE email = $1',
      [DEMO_PATIENT.email],
    );
    const [, algorithm = '?', , cost = '?'] = (rows[0]?.hash ?? '').split('$');
    return `${algorithm} ${cost}`;
  } finally {
    await client.end();
  }
}
