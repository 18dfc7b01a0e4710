import { EventEmitter } from 'node:events';
import { SERVICES, type ServiceName, type SfuName } from './environments.ts';
import type { Secrets } from './secrets.ts';
import type { StackDatabase } from './stack-database.ts';
import { SupervisedProcess, type ProcessSpec } from './supervised-process.ts';

/** What runs under the supervisor. */
type Supervised = ServiceName | SfuName;
export type ProcessName = Supervised | 'postgres';

export type StackEvents = {
  died: [{ name: ProcessName }];
  restarted: [{ name: ProcessName; pid: number; downMs: number }];
  restartFailed: [{ name: ProcessName; error: unknown }];
};

/** All of CareConnect on one machine. What dies comes back; `stop` ends it in order. */
export class Stack extends EventEmitter<StackEvents> {
  readonly origin: string;
  readonly urls: Record<ServiceName, string>;
  readonly sfuUrls: ReadonlyMap<SfuName, string>;
  readonly databaseUrl: string;
  readonly secrets: Secrets;
  readonly #database: StackDatabase | null;
  readonly #processes = new Map<Supervised, SupervisedProcess>();

  /** @internal Use `startStack`. */
  constructor(
    parts: Pick<Stack, 'origin' | 'urls' | 'sfuUrls' | 'databaseUrl' | 'secrets'>,
    database: StackDatabase | null,
  ) {
    super();
    this.origin = parts.origin;
    this.urls = parts.urls;
    this.sfuUrls = parts.sfuUrls;
    this.databaseUrl = parts.databaseUrl;
    this.secrets = parts.secrets;
    this.#database = database;
    database?.on('died', () => this.emit('died', { name: 'postgres' }));
    database?.on('restarted', (event) => this.emit('restarted', { name: 'postgres', ...event }));
    database?.on('restartFailed', (event) => this.emit('restartFailed', { name: 'postgres', ...event }));
  }

  /** Null while the process is down, and for a database that is not ours. */
  pid(name: ProcessName): number | null {
    return (name === 'postgres' ? this.#database?.pid : this.#processes.get(name)?.pid) ?? null;
  }

  /** For tests of what survives. The process comes back by itself. */
  kill(name: ProcessName, signal: NodeJS.Signals = 'SIGKILL'): void {
    const pid = this.pid(name);
    if (pid !== null) process.kill(pid, signal);
  }

  /** @internal */
  async launch(name: Supervised, spec: ProcessSpec): Promise<void> {
    const started = await SupervisedProcess.start(spec);
    this.#processes.set(name, started);
    started.on('died', () => this.emit('died', { name }));
    started.on('restarted', (event) => this.emit('restarted', { name, ...event }));
    started.on('restartFailed', (event) => this.emit('restartFailed', { name, ...event }));
  }

  async stop(): Promise<void> {
    const others = SERVICES.toReversed().filter((name) => name !== 'sfu');
    for (const name of [...others, ...this.sfuUrls.keys()]) await this.#processes.get(name)?.stop();
    await this.#database?.stop();
  }
}
