import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { ensureCluster, passwordOf } from './postgres-init.ts';
import { hasEnded, launchPostgres, type PostgresLaunch } from './postgres-launch.ts';
import { clearLeftovers } from './postgres-leftovers.ts';
import { postgresOwner } from './postgres-owner.ts';
import { postgresBinaries, reachableDataDir } from './postgres-place.ts';
import type { Durability } from './postgres-settings.ts';
import { postmasterState } from './postmaster-file.ts';

/** A new server waits for the dead one's processes to let go of its shared memory. */
const LAUNCH_ATTEMPTS = 10;
const LAUNCH_RETRY_MS = 300;
const STOP_PATIENCE_MS = 15_000;

export type EmbeddedPostgresOptions = {
  dataDir: string;
  logFile: string;
  /** `none` is for tests: fast, and the directory goes when the server ends. Default `full`. */
  durability?: Durability;
};

/**
 * A real PostgreSQL server from the npm package, from start to stop; it does not outlive this
 * process, however that ends. Emits `exit` when the server ended without having been asked.
 */
export class EmbeddedPostgres extends EventEmitter<{ exit: [] }> {
  readonly #launch: PostgresLaunch;
  readonly #password: string;
  #child: ChildProcess | null = null;
  #isStopping = false;

  private constructor(launch: PostgresLaunch) {
    super();
    this.#launch = launch;
    this.#password = passwordOf(launch.dataDir);
  }

  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const { durability = 'full', logFile } = options;
    const owner = postgresOwner();
    const binaries = postgresBinaries(owner);
    const dataDir = reachableDataDir(options.dataDir, owner);
    mkdirSync(dirname(logFile), { recursive: true });
    await clearLeftovers(dataDir);
    ensureCluster(dataDir, binaries, owner, durability);
    const { postgres } = binaries;
    const database = new EmbeddedPostgres({
      postgres,
      dataDir,
      logFile,
      owner,
      durability,
      port: await freePort(),
    });
    await database.#run();
    return database;
  }

  /** Brings the server back after `exit`, on the same port, because its clients still look for it there. */
  async restart(): Promise<void> {
    await clearLeftovers(this.#launch.dataDir);
    await this.#run();
  }

  /** The server's own process, or null while it is down. */
  get pid(): number | null {
    return this.#child && !hasEnded(this.#child)
      ? (postmasterState(this.#launch.dataDir)?.pid ?? null)
      : null;
  }

  url(database = 'postgres'): string {
    return `postgresql://careconnect:${this.#password}@127.0.0.1:${this.#launch.port}/${database}`;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const { pid } = this;
    const impatience = setTimeout(() => {
      if (pid !== null) process.kill(pid, 'SIGQUIT');
    }, STOP_PATIENCE_MS);
    const ended = once(child, 'exit');
    // The guard takes the closed pipe for our end and shuts the server down.
    child.stdin?.end();
    await ended;
    clearTimeout(impatience);
    // The guard empties the directory; its account may not remove it from ours.
    if (this.#launch.durability === 'none') rmSync(this.#launch.dataDir, { recursive: true, force: true });
  }

  async #run(): Promise<void> {
    const child = await this.#launchPatiently();
    this.#child = child;
    // Stopped while it was on its way up.
    if (this.#isStopping) child.stdin?.end();
    const onExit = (): void => {
      if (!this.#isStopping) this.emit('exit');
    };
    if (hasEnded(child)) onExit();
    else child.once('exit', onExit);
  }

  async #launchPatiently(): Promise<ChildProcess> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await launchPostgres(this.#launch);
      } catch (error) {
        if (attempt === LAUNCH_ATTEMPTS || !isWorthWaiting(error)) throw error;
        await sleep(LAUNCH_RETRY_MS);
      }
    }
  }
}

function isWorthWaiting(error: unknown): boolean {
  return error instanceof Error && /shared memory block|Address already in use/.test(error.message);
}
