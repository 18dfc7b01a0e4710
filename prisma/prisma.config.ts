import { defineConfig } from 'prisma/config';

/** Read by Prisma's own command line; our processes take their database from `createDatabase`. */
export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/careconnect' },
});
