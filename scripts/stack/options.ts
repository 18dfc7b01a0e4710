import type { Durability } from './postgres-settings.ts';

export type Environment = Partial<Record<string, string>>;

export type StackOptions = {
  /** A PostgreSQL of your own; without it an embedded one starts. */
  databaseUrl?: string;
  /** Where database, secrets, certificates and logs live. Default `.careconnect` in the checkout. */
  dataDir?: string;
  /** `demo` fills an empty database with the demo clinic. Default: `demo` for an embedded database. */
  seed?: 'demo' | 'none';
  /** The front door. Default 8080, or the next free one. */
  port?: number;
  /** HTTPS on all addresses, for other devices in the network. */
  lan?: boolean;
  logLevel?: string;
  /** How many media servers run beside each other. Default 1; more are for measuring what one that dies costs then. */
  sfuNodes?: number;
  /** Nothing on the terminal. */
  quiet?: boolean;
  /** Last word on every process's environment. */
  env?: Environment;
  /** How much of the embedded database a crash may lose; tests take `none`. */
  durability?: Durability;
};
