import type { IncomingMessage } from 'node:http';
import { countedNetwork, type Clock } from '@careconnect/platform';
import { RequestLimiters } from './request-limiters.ts';
import type { BucketSize } from './token-bucket.ts';

/** A clinic behind one address whose people all come back at once, after a restart, and some who try again. */
const HANDSHAKES: BucketSize = { burst: 600, perSecond: 60 };

export interface HandshakeLimit {
  /** Counts one connection that somebody wants to open; false when it is one too many from their network. */
  allows(request: IncomingMessage): boolean;
}

export function createHandshakeLimit(clock: Clock, size: BucketSize = HANDSHAKES): HandshakeLimit {
  const limiters = new RequestLimiters({ all: size }, clock);
  return {
    allows(request) {
      const network = countedNetwork(addressOf(request));
      return network === null || limiters.of(network).allows('handshake');
    },
  };
}

/** The front door writes exactly one address here, whatever its client claims. */
function addressOf({ headers, socket }: IncomingMessage): string {
  const forwarded = headers['x-forwarded-for'];
  return typeof forwarded === 'string' ? forwarded : (socket.remoteAddress ?? '');
}
