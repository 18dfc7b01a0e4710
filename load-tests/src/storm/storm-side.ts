import type { JoinProtocol } from './joiner.ts';

/** A server with a publisher in every room, and everybody who is about to join. */
export interface StormSide {
  readonly name: 'careconnect' | 'mediasoup';
  /** Anew for every wave. */
  joiners(): JoinProtocol[];
  /** CPU that its processes have used, by name, in seconds. */
  cpuSeconds(): Readonly<Record<string, number>>;
  close(): void;
}
