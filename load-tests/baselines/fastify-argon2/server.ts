/**
 * Signing in as the leanest usual server does it: the account by its address, argon2id at the cost that is stored with
 * the hash, and a session token. No second factor, no limit, no slowing down, no session to end and no trace.
 */
import { randomBytes } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import Fastify from 'fastify';
import { SignJWT } from 'jose';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const secret = randomBytes(32);
const app = Fastify();

app.post<{ Body: { email: string; password: string } }>('/api/v1/auth/login', async ({ body }, reply) => {
  const { rows } = await pool.query<{ id: string; passwordHash: string }>({
    name: 'account',
    text: 'SELECT id, password_hash AS "passwordHash" FROM user_account WHERE email = $1',
    values: [body.email],
  });
  const [account] = rows;
  if (!account || !(await verify(account.passwordHash, body.password))) {
    return reply.code(401).send({ code: 'INVALID_CREDENTIALS' });
  }
  const token = new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(account.id)
    .setExpirationTime('10m');
  return { accessToken: await token.sign(secret) };
});

const origin = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: Number(new URL(origin).port) });
process.once('disconnect', () => process.exit());
