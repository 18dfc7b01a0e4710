import pg from 'pg';
import { EVERYTHING, type Reach, type Tenancy } from './tenancy.ts';

/** Made by the migrations: they own nothing, and see what the policies say. */
const AS_SYSTEM = 'SET ROLE careconnect_system';
const AS_TENANT = 'SET ROLE careconnect_app';

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/** What pg's pool keeps: whoever waits for a connection, first come first, and idle ones, of which the last goes first. */
interface PoolInside {
  readonly _pendingQueue: object[];
  readonly _idle: { readonly client: pg.PoolClient }[];
  _pulseQueue(): void;
  _isFull(): boolean;
  newClient(waiting: object): void;
}

/**
 * A pool whose connections see what whoever asks for one may see, see {@link Tenancy}. A connection stays set to its
 * tenant and is set anew, in a round trip of its own, only for another. One that is set already is preferred, then one of
 * the same role; between the roles a connection changes only when the pool is full.
 */
export class TenantPool extends pg.Pool {
  readonly #tenancy: Pick<Tenancy, 'reach'>;
  readonly #setTo = new WeakMap<pg.PoolClient, Reach>();
  readonly #wanted = new WeakMap<object, Reach>();
  readonly #inside = this as unknown as PoolInside;

  constructor(config: pg.PoolConfig, tenancy: Pick<Tenancy, 'reach'>) {
    super(config);
    this.#tenancy = tenancy;
    // What breaks a connection in use is told to whoever waits for its answer.
    this.on('connect', (client) => client.on('error', () => undefined));
    this.#preferThoseThatAreSet();
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<pg.PoolClient> | void {
    const reach = this.#tenancy.reach();
    if (connected) return this.#connectFor(reach, connected);
    return new Promise((resolve, reject) => {
      this.#connectFor(reach, (error, client) => {
        if (client) resolve(client);
        else reject(error ?? new Error('there is no connection'));
      });
    });
  }

  // With callbacks, as the driver underneath: promises would cost more here than the rest of it.
  #connectFor(reach: Reach, connected: Connected): void {
    super.connect((error, client, release) => {
      if (!client) return connected(error, undefined, release);
      // What is set in a transaction that somebody has left open would be undone with it.
      if (isInTransaction(client)) {
        release(new Error('a connection was given back in a transaction'));
        return this.#connectFor(reach, connected);
      }
      const before = this.#setTo.get(client);
      if (before === reach) return connected(undefined, client, release);
      client.query(statementFor(reach, before)).then(
        () => {
          this.#setTo.set(client, reach);
          connected(undefined, client, release);
        },
        (refusal: Error) => {
          release(refusal);
          connected(refusal, undefined, () => undefined);
        },
      );
    });
    const place = this.#inside._pendingQueue.at(-1);
    if (place && !this.#wanted.has(place)) this.#wanted.set(place, reach);
  }

  /** As pg's pool does it, but for which connection goes to whoever is next. */
  #preferThoseThatAreSet(): void {
    const inside = this.#inside;
    const { _pendingQueue: waiting, _idle: idle } = inside;
    const pulse = inside._pulseQueue.bind(this);
    inside._pulseQueue = () => {
      const [next] = waiting;
      const reach = next && this.#wanted.get(next);
      if (!next || reach === undefined || this.ending || idle.length === 0) return pulse();
      const at = this.#bestFor(reach);
      if (at >= 0) idle.push(...idle.splice(at, 1));
      else if (!inside._isFull()) return inside.newClient(waiting.shift() ?? next);
      pulse();
    };
  }

  #bestFor(reach: Reach): number {
    const { _idle: idle } = this.#inside;
    const exact = idle.findLastIndex(({ client }) => this.#setTo.get(client) === reach);
    if (exact >= 0) return exact;
    const isSystem = reach === EVERYTHING;
    return idle.findLastIndex(({ client }) => (this.#setTo.get(client) === EVERYTHING) === isSystem);
  }
}

/** A change of role has PostgreSQL plan prepared statements anew, so it is not asked for without need. */
function statementFor(reach: Reach, before: Reach | undefined): string {
  if (reach === EVERYTHING) return AS_SYSTEM;
  const setting = `SET careconnect.organization_id = ${pg.escapeLiteral(reach)}`;
  return before === undefined || before === EVERYTHING ? `${AS_TENANT}; ${setting}` : setting;
}

/** One that was never asked anything is in none. */
function isInTransaction(client: pg.PoolClient): boolean {
  const status = client.getTransactionStatus();
  return status === 'T' || status === 'E';
}
