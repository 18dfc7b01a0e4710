/**
 * The two hottest reads as the leanest usual server gives them: fastify and pg, prepared statements, the
 * same answers byte for byte, and nobody asks who is reading or writes down that they did.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { readAvailability } from './availability.ts';
import { readToday } from './today.ts';

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const app = Fastify();

app.get<{ Params: { id: string }; Querystring: { from: string; to: string } }>(
  '/api/v1/providers/:id/availability',
  ({ params, query }) => readAvailability(pool, params.id, query.from, query.to),
);
app.get<{ Querystring: { practitionerId: string } }>('/api/v1/consultations/today', ({ query }) =>
  readToday(pool, query.practitionerId),
);

const origin = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: Number(new URL(origin).port) });
process.once('disconnect', () => process.exit());
