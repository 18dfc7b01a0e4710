import pg from 'pg';

const REQUIRED_MAJOR = 18;
/** PostgreSQL's own code for a database that is not there. */
const NO_SUCH_DATABASE = '3D000';

/** The server cannot carry CareConnect; the message is for people. */
export class UnfitServerError extends Error {
  readonly mend: string;

  constructor(message: string, mend: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UnfitServerError';
    this.mend = mend;
  }
}

/** Asks the server for its version before anything is written: a migration that fails halfway stays behind. */
export async function requireFitServer(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect().catch((cause: unknown) => {
      throw refusal(cause, client.database);
    });
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    requireVersion(Number(rows[0]?.server_version_num));
  } finally {
    await client.end();
  }
}

/** @param version - As `server_version_num` writes it: 150018 is 15.18. */
export function requireVersion(version: number): void {
  const [major, minor] = [Math.floor(version / 10_000), version % 10_000];
  if (major >= REQUIRED_MAJOR) return;
  throw new UnfitServerError(
    `PostgreSQL ${REQUIRED_MAJOR} is needed; DATABASE_URL names ${major}.${minor}.`,
    `let DATABASE_URL name a PostgreSQL ${REQUIRED_MAJOR}; "npm start" without it brings one`,
  );
}

function refusal(cause: unknown, database = ''): unknown {
  if (!(cause instanceof pg.DatabaseError)) return cause;
  return cause.code === NO_SUCH_DATABASE
    ? new UnfitServerError(`The database "${database}" does not exist.`, `createdb ${database}`, cause)
    : new UnfitServerError(`PostgreSQL refuses: ${cause.message}.`, 'correct DATABASE_URL', cause);
}
