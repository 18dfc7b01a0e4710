import { EventEmitter } from 'node:events';
import pg from 'pg';
import { Backoff } from './backoff.ts';
import { bringBack } from './bring-back.ts';
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts';

const DATABASE = 'careconnect';

export type DatabaseEvents = {
  died: [];
  restarted: [{ pid: number; downMs: number }];
  restartFailed: [{ error: unknown }];
};

/** The embedded server as one more process of the stack: it comes back when it dies. */
export class StackDatabase extends EventEmitter<DatabaseEvents> {
  readonly #server: EmbeddedPostgres;
  readonly #backoff = new Backoff();
  readonly #stopping = new AbortController();
  #upSince = performance.now();

  private constructor(server: EmbeddedPostgres) {
    super();
    this.#server = server;
    server.on('exit', () => void this.#revive());
  }

  static async start(options: EmbeddedPostgresOptions): Promise<StackDatabase> {
    const server = await EmbeddedPostgres.start(options);
    await createIfMissing(server.url());
    return new StackDatabase(server);
  }

  get url(): string {
    return this.#server.url(DATABASE);
  }

  get pid(): number | null {
    return this.#server.pid;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server.stop();
  }

  async #revive(): Promise<void> {
    const diedAt = performance.now();
    this.emit('died');
    const isBack = await bringBack({
      restart: () => this.#server.restart(),
      upMs: diedAt - this.#upSince,
      backoff: this.#backoff,
      signal: this.#stopping.signal,
      onFailure: (error) => this.emit('restartFailed', { error }),
    });
    if (!isBack) return;
    this.#upSince = performance.now();
    this.emit('restarted', { pid: this.pid ?? 0, downMs: this.#upSince - diedAt });
  }
}

async function createIfMissing(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
