import { createMigration, deployMigrations, migrationStatus } from './migrations.ts';
import { UnfitServerError } from './required-server.ts';

const USAGE = `node prisma/src/migrate.ts <command>      (DATABASE_URL names the database)
  deploy          apply what the database does not have yet
  status          tell what is pending, failed or changed since; exits 1 when anything is
  create <name>   write a migration for what changed in the schema`;

async function main([command, name]: readonly string[], databaseUrl: string | undefined): Promise<number> {
  if (command === undefined || command === '--help') return tell(USAGE, command === undefined ? 1 : 0);
  if (databaseUrl === undefined) return tell('Set DATABASE_URL to the database to migrate.', 1);
  switch (command) {
    case 'deploy': {
      const applied = await deployMigrations(databaseUrl);
      return tell(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`, 0);
    }
    case 'status': {
      const status = await migrationStatus(databaseUrl);
      const isClean = Object.values(status).every((names: readonly string[]) => names.length === 0);
      return tell(JSON.stringify(status), isClean ? 0 : 1);
    }
    case 'create': {
      if (name === undefined || !/^[a-z0-9_]+$/.test(name))
        return tell('Name the migration in lower_case_words.', 1);
      const file = await createMigration(databaseUrl, name, new Date());
      return tell(
        file === null ? 'The schema has not changed.' : `Wrote ${file}. Read it before you use it.`,
        0,
      );
    }
    default:
      return tell(USAGE, 1);
  }
}

function tell(message: string, exitCode: number): number {
  console.log(message);
  return exitCode;
}

try {
  // Leaves at once: the engine keeps a timer of its own (its lock's time-out) running for ten seconds.
  process.exit(await main(process.argv.slice(2), process.env['DATABASE_URL']));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    error instanceof UnfitServerError
      ? `${message}\nTo mend it: ${error.mend}`
      : `The migration failed: ${message}`,
  );
  process.exit(1);
}
